/**
 * Asks before a form is sent: <form data-confirm="End Greg's access?" data-confirm-detail="…" data-confirm-verb="End
 * access">. The words are the page's; the frame is <dialog id="confirm"> of the base page. Without a script the
 * form goes straight to the server, so a page that must not be hasty has a page of its own before it.
 */

const agreed = new WeakSet<HTMLFormElement>();

function put(dialog: HTMLElement, part: string, words: string | undefined): void {
  const place = dialog.querySelector<HTMLElement>(`[data-part="${part}"]`);
  if (!place) return;
  if (words) place.textContent = words;
  place.hidden = !place.textContent;
}

export function watchConfirmations(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#confirm");
  if (!dialog) return;
  const usual = dialog.querySelector('[data-part="verb"]')?.textContent ?? "";
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.dataset["confirm"] || agreed.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sender = event.submitter;
    put(dialog, "question", form.dataset["confirm"]);
    const detail = dialog.querySelector('[data-part="detail"]');
    if (detail) detail.textContent = "";
    put(dialog, "detail", form.dataset["confirmDetail"]);
    put(dialog, "verb", form.dataset["confirmVerb"] ?? usual);
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      agreed.add(form);
      form.requestSubmit(sender instanceof HTMLElement ? sender : undefined);
      agreed.delete(form);
    }, { once: true });
    dialog.showModal();
  }, { capture: true });
}
