/**
 * Lets a form that is saving itself finish before it is sent. Leaving a field saves the draft, and the same click or
 * Enter sends the form: sent at once, it would carry the draft's number from before that save, and be refused.
 */

export function watchSaving(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches(".htmx-request")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const sender = event.submitter;
    form.addEventListener("htmx:afterRequest", () => {
      // Once what else is queued has begun, which is waited for in its turn.
      setTimeout(() => form.requestSubmit(sender instanceof HTMLElement ? sender : undefined));
    }, { once: true });
  }, { capture: true });
}
