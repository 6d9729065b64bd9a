/**
 * A timer that counts a step and can pause: <div data-timer data-seconds="30" data-name="step-3">. It never calls
 * time out: when the seconds have passed it says so (data-enough) and goes on counting. What was counted is
 * written to the inputs [data-timer-field="NAME"] and survives a reload of the page (sessionStorage).
 */

interface Count {
  /** Milliseconds counted before the last start. */
  before: number;
  /** When it was last started, milliseconds since the epoch; null while paused. */
  since: number | null;
}

let lock: WakeLockSentinel | null = null;

async function keepAwake(awake: boolean): Promise<void> {
  try {
    if (awake && !lock) lock = await navigator.wakeLock.request("screen");
    if (!awake && lock) {
      await lock.release();
      lock = null;
    }
  } catch {
    lock = null; // A phone that will not stay awake still counts.
  }
}

class Timer {
  readonly #place: HTMLElement;
  readonly #key: string;
  readonly #asked: number;
  #count: Count;
  #said = false;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#asked = Number(place.dataset["seconds"] ?? 0);
    this.#key = `timer:${location.pathname}:${place.dataset["name"] ?? ""}`;
    this.#count = this.#read();
    this.#button()?.addEventListener("click", () => (this.#count.since === null ? this.start() : this.pause()));
    if (place.dataset["starts"] === "now" && this.#count.before === 0) this.start();
    this.#show();
    window.setInterval(() => this.#show(), 250);
  }

  start(): void {
    this.#count.since = Date.now();
    this.#keep();
  }

  pause(): void {
    this.#count = { before: this.#elapsed(), since: null };
    this.#keep();
  }

  #read(): Count {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key) ?? "null") as Count | null;
      if (kept && Number.isFinite(kept.before)) return kept;
    } catch {
      // What is kept there is only a convenience.
    }
    return { before: 0, since: null };
  }

  #keep(): void {
    sessionStorage.setItem(this.#key, JSON.stringify(this.#count));
    void keepAwake(this.#count.since !== null);
    this.#show();
  }

  #elapsed(): number {
    const running = this.#count.since === null ? 0 : Math.max(0, Date.now() - this.#count.since);
    return this.#count.before + running;
  }

  #button(): HTMLButtonElement | null {
    return this.#place.querySelector("[data-timer-button]");
  }

  #show(): void {
    const seconds = Math.floor(this.#elapsed() / 1000);
    const running = this.#count.since !== null;
    const clock = this.#place.querySelector("[data-timer-clock]");
    const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (clock && clock.textContent !== text) clock.textContent = text;
    const part = this.#asked ? Math.min(seconds / this.#asked, 1) : 0;
    this.#place.querySelector("[data-timer-ring]")?.setAttribute("stroke-dasharray", `${part * 100} 100`);
    this.#place.classList.toggle("is-running", running);
    const button = this.#button();
    const name = running ? button?.dataset["pause"] : button?.dataset["start"];
    if (button && name && button.getAttribute("aria-label") !== name) {
      button.setAttribute("aria-label", name);
      for (const icon of button.querySelectorAll<SVGElement>("[data-when]")) {
        icon.toggleAttribute("hidden", (icon.dataset["when"] === "running") !== running);
      }
    }
    const field = document.querySelector<HTMLInputElement>(`[data-timer-field="${this.#place.dataset["name"] ?? ""}"]`);
    if (field && seconds > 0) field.value = String(seconds);
    if (this.#asked && seconds >= this.#asked && !this.#said) {
      this.#said = true;
      const words = this.#place.querySelector("[data-timer-words]");
      if (words) words.textContent = this.#place.dataset["enough"] ?? "";
      if (running && "vibrate" in navigator) navigator.vibrate(120);
    }
  }
}

export function startTimers(within: ParentNode): void {
  for (const place of within.querySelectorAll<HTMLElement>("[data-timer]:not(.has-timer)")) {
    place.classList.add("has-timer");
    new Timer(place);
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && document.querySelector("[data-timer].is-running")) void keepAwake(true);
});
