/**
 * The routine one step at a time: <form data-runner> holding [data-panel] sections. Without script every panel
 * stands below the other; here one is shown, "Next" leads on and marks the step as done ([data-step-done]).
 * Minutes are counted from the first "Next" to the end, into [data-runner-minutes], and can be put right.
 */

class Runner {
  readonly #form: HTMLFormElement;
  readonly #panels: HTMLElement[];
  readonly #key: string;
  #place = 0;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#panels = [...form.querySelectorAll<HTMLElement>("[data-panel]")];
    this.#key = `runner:${location.pathname}:${form.querySelector<HTMLInputElement>("[name=client_id]")?.value ?? ""}`;
    this.#place = Math.min(Number(sessionStorage.getItem(this.#key) ?? 0), this.#panels.length - 1);
    document.querySelector("[data-runner-next]")?.addEventListener("click", () => this.#go());
    window.addEventListener("popstate", () => this.#back());
    form.addEventListener("submit", () => this.#count());
    this.#show(false);
  }

  #go(): void {
    const done = this.#panels[this.#place]?.querySelector<HTMLInputElement>("[data-step-done]");
    if (done) done.checked = true;
    if (!this.#began()) sessionStorage.setItem(`${this.#key}:began`, String(Date.now()));
    this.#move(Math.min(this.#place + 1, this.#panels.length - 1));
    history.pushState(null, "");
  }

  /** The phone's own back button leads to the step before. */
  #back(): void {
    if (this.#place > 0) this.#move(this.#place - 1);
  }

  #move(place: number): void {
    this.#place = place;
    sessionStorage.setItem(this.#key, String(place));
    this.#show(true);
  }

  #began(): number {
    return Number(sessionStorage.getItem(`${this.#key}:began`) ?? 0);
  }

  /** Whole tenths of a minute since the first step began; an hour and more is a page that was left open. */
  #count(): void {
    const minutes = this.#form.querySelector<HTMLInputElement>("[data-runner-minutes]");
    const passed = (Date.now() - this.#began()) / 60_000;
    if (minutes && !minutes.value && this.#began() && passed < 60) minutes.value = passed.toFixed(1);
  }

  #show(moved: boolean): void {
    this.#panels.forEach((panel, index) => panel.toggleAttribute("hidden", index !== this.#place));
    const last = this.#place === this.#panels.length - 1;
    // Signs are watched for while hands are on, not before.
    this.#form.querySelector("[data-during]")?.toggleAttribute("hidden", this.#place === 0);
    document.querySelector("[data-runner-next]")?.toggleAttribute("hidden", last);
    document.querySelector("[data-runner-done]")?.toggleAttribute("hidden", !last);
    if (!moved) return;
    window.scrollTo({ top: 0 });
    const heading = this.#panels[this.#place]?.querySelector<HTMLElement>("h1, h2, legend");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }
}

export function startRunners(within: ParentNode): void {
  for (const form of within.querySelectorAll<HTMLFormElement>("form[data-runner]:not(.has-runner)")) {
    form.classList.add("has-runner");
    new Runner(form);
  }
}
