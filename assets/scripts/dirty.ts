/** Asks the browser to ask before leaving a form marked data-keep whose fields were changed and not sent. */

export function watchUnsaved(): void {
  const changed = new Set<HTMLFormElement>();
  const mark = (event: Event): void => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-keep]");
    if (form) changed.add(form);
  };
  document.addEventListener("input", mark);
  document.addEventListener("reorder", mark);
  document.addEventListener("submit", (event) => changed.delete(event.target as HTMLFormElement));
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
