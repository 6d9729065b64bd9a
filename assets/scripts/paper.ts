/** Typing a paper week (form[data-paper]): Enter goes to the first cell of the next row, and from the last one saves. */

export function watchPaper(): void {
  const grid = document.querySelector<HTMLFormElement>("form[data-paper]");
  if (!grid) return;
  const rows = [...grid.querySelectorAll<HTMLElement>("[data-row]")];
  const firstCell = (row: HTMLElement | undefined): HTMLInputElement | null =>
    row?.querySelector<HTMLInputElement>("input:not([type=hidden], [readonly])") ?? null;
  const wrong = grid.querySelector<HTMLElement>("[data-row].is-wrong");
  firstCell(wrong ?? rows.find((row) => firstCell(row)))?.focus();
  grid.addEventListener("keydown", (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
    if (event.key !== "Enter" || event.isComposing || !row) return;
    const next = rows.slice(rows.indexOf(row) + 1).map(firstCell).find((cell) => cell);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
}
