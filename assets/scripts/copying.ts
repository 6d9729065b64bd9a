/** [data-copies="id"] copies what a field holds; without a script the field is there to be copied by hand. */
export function watchCopying(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copies]");
    const field = button && document.getElementById(button.dataset["copies"] ?? "");
    if (!button || !(field instanceof HTMLTextAreaElement)) return;
    field.select();
    void navigator.clipboard.writeText(field.value).then(() => {
      const label = button.querySelector("span");
      if (label) label.textContent = button.dataset["copied"] ?? "";
    });
  });
}
