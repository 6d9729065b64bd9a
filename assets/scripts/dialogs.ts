/** Opens <dialog id="…"> from [data-opens="…"], closes it from [data-closes]. */

export function watchDialogs(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opens = target.closest<HTMLElement>("[data-opens]")?.dataset["opens"];
    const dialog = opens ? document.getElementById(opens) : null;
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    } else if (target.closest("[data-closes]")) {
      target.closest("dialog")?.close();
    }
  });
}
