/**
 * Lets the items of an <ol data-reorder> be dragged by their [data-handle] (mouse, pen or finger) and moved by
 * their buttons [data-move="up|down"]. Without a script the buttons are ordinary submit buttons. After a move the
 * items' [data-position] inputs are numbered anew, the list sends "reorder", and its data-said ("{name} is now
 * {place} of {count}") is spoken.
 */

const itemsOf = (list: HTMLElement): HTMLElement[] =>
  [...list.children].filter((child): child is HTMLElement => child instanceof HTMLElement);

function settle(list: HTMLElement, item: HTMLElement): void {
  const items = itemsOf(list);
  items.forEach((each, index) => {
    for (const input of each.querySelectorAll<HTMLInputElement>("[data-position]")) input.value = String(index + 1);
    const up = each.querySelector<HTMLButtonElement>('[data-move="up"]');
    const down = each.querySelector<HTMLButtonElement>('[data-move="down"]');
    up?.setAttribute("aria-disabled", String(index === 0));
    down?.setAttribute("aria-disabled", String(index === items.length - 1));
  });
  const said = document.querySelector("[data-announcer]");
  if (said) {
    said.textContent = (list.dataset["said"] ?? "")
      .replace("{name}", item.dataset["name"] ?? "")
      .replace("{place}", String(items.indexOf(item) + 1))
      .replace("{count}", String(items.length));
  }
  list.dispatchEvent(new CustomEvent("reorder", { bubbles: true }));
}

function move(button: HTMLElement, list: HTMLElement): void {
  const item = itemsOf(list).find((each) => each.contains(button));
  if (!item || button.getAttribute("aria-disabled") === "true") return;
  if (button.dataset["move"] === "up") item.previousElementSibling?.before(item);
  else item.nextElementSibling?.after(item);
  settle(list, item);
  button.focus();
  item.scrollIntoView({ block: "nearest" });
}

function drag(start: PointerEvent, handle: HTMLElement, list: HTMLElement): void {
  const item = itemsOf(list).find((each) => each.contains(handle));
  if (!item || start.button !== 0) return;
  start.preventDefault();
  const before = itemsOf(list).indexOf(item);
  handle.setPointerCapture(start.pointerId);
  item.classList.add("is-dragged");
  const middle = (other: Element): number => {
    const box = other.getBoundingClientRect();
    return box.top + box.height / 2;
  };
  // The others give way: an item taken out of the page, even for an instant, would lose the pointer.
  const follow = (event: PointerEvent): void => {
    for (let next = item.nextElementSibling; next && event.clientY > middle(next); next = item.nextElementSibling) {
      item.before(next);
    }
    for (let last = item.previousElementSibling; last && event.clientY < middle(last);
      last = item.previousElementSibling) {
      item.after(last);
    }
  };
  const stop = (): void => {
    handle.removeEventListener("pointermove", follow);
    handle.removeEventListener("pointerup", stop);
    handle.removeEventListener("pointercancel", stop);
    item.classList.remove("is-dragged");
    if (itemsOf(list).indexOf(item) !== before) settle(list, item);
  };
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("pointerup", stop);
  handle.addEventListener("pointercancel", stop);
}

export function watchReordering(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-move]");
    const list = button?.closest<HTMLElement>("[data-reorder]");
    if (!button || !list) return;
    event.preventDefault();
    move(button, list);
  });
  document.addEventListener("pointerdown", (event) => {
    const handle = (event.target as Element).closest<HTMLElement>("[data-handle]");
    const list = handle?.closest<HTMLElement>("[data-reorder]");
    if (handle && list) drag(event, handle, list);
  });
  document.addEventListener("keydown", (event) => {
    const handle = (event.target as Element).closest<HTMLElement>("[data-handle]");
    const list = handle?.closest<HTMLElement>("[data-reorder]");
    if (!handle || !list || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const item = itemsOf(list).find((each) => each.contains(handle));
    if (!item) return;
    if (event.key === "ArrowUp") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    settle(list, item);
    handle.focus();
  });
}
