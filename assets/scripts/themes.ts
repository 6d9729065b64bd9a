/** The choice of light, dark or the device's own, kept in a cookie so that the server can write it. */

const root = document.documentElement;

function chosen(): string {
  return /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1] ?? "auto";
}

function show(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset["themeChoice"] === chosen()));
  }
}

export function watchThemes(): void {
  show();
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!button) return;
    const choice = button.dataset["themeChoice"] ?? "auto";
    const secure = location.protocol === "https:" ? "; secure" : "";
    const age = choice === "auto" ? 0 : 60 * 60 * 24 * 365;
    document.cookie = `theme=${choice}; path=/; max-age=${age}; samesite=lax${secure}`;
    if (choice === "auto") root.removeAttribute("data-bs-theme");
    else root.dataset["bsTheme"] = choice;
    show();
  });
}
