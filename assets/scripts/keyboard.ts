/**
 * "/" goes to the search, "j" and "k" walk the rows ([data-row-link]), "?" shows this list (dialog#keys). Single
 * keys can be switched off there (WCAG 2.1.4); the choice is a cookie of this browser.
 */

const off = (): boolean => /(?:^|;\s*)shortcuts=off(?:;|$)/.test(document.cookie);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

function walk(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row-link]")].filter((link) => link.offsetParent);
  if (!links.length) return;
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: "nearest" });
}

export function watchKeys(): void {
  const help = document.querySelector<HTMLDialogElement>("dialog#keys");
  const choice = help?.querySelector<HTMLInputElement>("input[data-shortcuts]");
  if (choice) {
    choice.checked = !off();
    choice.addEventListener("change", () => {
      document.cookie = `shortcuts=off; path=/; samesite=lax; max-age=${choice.checked ? 0 : 60 * 60 * 24 * 365}`;
    });
  }
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-show-keys]")) help?.showModal();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || off() || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("[data-search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "j") walk(1);
    else if (event.key === "k") walk(-1);
    else if (event.key === "?" && help) help.showModal();
  });
}
