/**
 * What may help, beside the touch that was picked: in [data-helps-with=NAME] each [data-helps] lists the codes of
 * the radios NAME it is for. Without script all are there, each with its touches named.
 */

function show(group: HTMLElement): void {
  const picked = group.closest("form")?.querySelector<HTMLInputElement>(
    `input[name="${group.dataset["helpsWith"] ?? ""}"]:checked`,
  )?.value;
  let some = false;
  for (const one of group.querySelectorAll<HTMLElement>("[data-helps]")) {
    const fits = picked !== undefined && (one.dataset["helps"] ?? "").split(" ").includes(picked);
    one.toggleAttribute("hidden", !fits);
    some ||= fits;
  }
  group.toggleAttribute("hidden", !some);
}

export function startHelps(within: ParentNode): void {
  for (const group of within.querySelectorAll<HTMLElement>("[data-helps-with]:not(.has-helps)")) {
    group.classList.add("has-helps");
    group.closest("form")?.addEventListener("change", () => show(group));
    show(group);
  }
}
