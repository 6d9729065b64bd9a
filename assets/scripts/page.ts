/** What every page does, of the clinic and of the family corner alike. */
import { watchConfirmations } from "./confirm";
import { watchCopying } from "./copying";
import { watchDialogs } from "./dialogs";
import { watchUnsaved } from "./dirty";
import { watchMenus } from "./menus";
import { watchPasskeys } from "./passkeys";
import { watchPasswords } from "./passwords";
import { watchPrinting } from "./printing";
import { watchPushes } from "./pushes";
import { watchSteppers } from "./stepper";
import { watchThemes } from "./themes";
import { watchToasts } from "./toasts";

/** Charts are the only heavy script: fetched when a page holds one. */
async function chart(within: ParentNode): Promise<void> {
  if (!within.querySelector("[data-chart]")) return;
  const { drawAll } = await import("./charts");
  await drawAll(within);
}

/** A form that came back with faults takes the reader to the list of them. */
function meetErrors(): void {
  document.querySelector<HTMLElement>("[data-error-summary]")?.focus();
}

export function startPage(alsoWithin: (within: ParentNode) => void = () => undefined): void {
  watchConfirmations();
  watchCopying();
  watchDialogs();
  watchUnsaved();
  watchMenus();
  watchPasskeys();
  watchPasswords();
  watchPrinting();
  watchPushes();
  watchSteppers();
  watchThemes();
  watchToasts();
  meetErrors();
  void chart(document);
  alsoWithin(document);
  document.addEventListener("htmx:afterSettle", (event) => {
    const within = event.target as ParentNode;
    void chart(within);
    alsoWithin(within);
  });
}
