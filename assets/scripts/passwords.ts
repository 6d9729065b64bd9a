/** [data-shows=ID] shows what was typed into a password's field, and hides it again. */
export function watchPasswords(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-shows]");
    const field = button && document.getElementById(button.dataset["shows"] ?? "");
    if (!button || !(field instanceof HTMLInputElement)) return;
    const isShown = field.type === "text";
    field.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    field.focus();
  });
}
