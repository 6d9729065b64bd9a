/**
 * Short words at the lower edge: htmx answers with HX-Trigger {"toast": "Saved."}; a request that failed says what
 * <body data-failed="…" data-offline="…"> holds. They leave after eight seconds, or stay while held or focused.
 */

function stay(toast: HTMLElement): void {
  const leave = (): void => {
    if (toast.matches(":hover, :focus-within")) window.setTimeout(leave, 2000);
    else toast.remove();
  };
  window.setTimeout(leave, 8000);
}

function say(words: string | undefined): void {
  const place = document.querySelector<HTMLElement>("[data-toasts]");
  if (!place || !words) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = words;
  place.append(toast);
  stay(toast);
}

export function watchToasts(): void {
  document.addEventListener("toast", (event) => {
    const detail = (event as CustomEvent<{ value?: string } | string>).detail;
    say(typeof detail === "string" ? detail : detail.value);
  });
  document.addEventListener("htmx:responseError", () => say(document.body.dataset["failed"]));
  document.addEventListener("htmx:sendError", () => say(document.body.dataset["offline"]));
}
