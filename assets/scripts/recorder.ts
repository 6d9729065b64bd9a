/**
 * Recording a voice into a form's file field: [data-recorder] beside <input type="file" data-recorded>. What was
 * recorded becomes the field's file, so that the form is sent as if a file had been chosen. Browsers without
 * MediaRecorder keep the plain field.
 */

class Recorder {
  readonly #box: HTMLElement;
  readonly #field: HTMLInputElement;
  #recorder: MediaRecorder | null = null;
  #timer = 0;

  constructor(box: HTMLElement, field: HTMLInputElement) {
    this.#box = box;
    this.#field = field;
    box.hidden = false;
    this.#find("[data-record]").addEventListener("click", () => void this.#start());
    this.#find("[data-record-stop]").addEventListener("click", () => this.#recorder?.stop());
  }

  async #start(): Promise<void> {
    let sound: MediaStream;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.#say("refused");
      return;
    }
    const parts: Blob[] = [];
    const recorder = new MediaRecorder(sound, { audioBitsPerSecond: 64_000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      window.clearTimeout(this.#timer);
      for (const track of sound.getTracks()) track.stop();
      this.#keep(new Blob(parts, { type: recorder.mimeType }));
    });
    recorder.start();
    this.#recorder = recorder;
    this.#timer = window.setTimeout(() => recorder.stop(), Number(this.#box.dataset["seconds"] ?? 30) * 1000);
    this.#turn(true);
    this.#say("recording");
  }

  #keep(sound: Blob): void {
    const chosen = new DataTransfer();
    chosen.items.add(new File([sound], "recording", { type: sound.type }));
    this.#field.files = chosen.files;
    this.#field.dispatchEvent(new Event("change", { bubbles: true }));
    this.#recorder = null;
    this.#turn(false);
    this.#say("done");
  }

  #turn(isRecording: boolean): void {
    this.#find("[data-record]").toggleAttribute("hidden", isRecording);
    this.#find("[data-record-stop]").toggleAttribute("hidden", !isRecording);
    if (isRecording) this.#find("[data-record-stop]").focus();
  }

  #say(what: string): void {
    const status = this.#find("[data-record-status]");
    status.textContent = status.dataset[what] ?? "";
  }

  #find(selector: string): HTMLElement {
    const found = this.#box.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`A recorder without ${selector}`);
    return found;
  }
}

export function startRecorders(within: ParentNode): void {
  if (!("MediaRecorder" in window) || !navigator.mediaDevices) return;
  for (const box of within.querySelectorAll<HTMLElement>("[data-recorder]:not(.has-recorder)")) {
    const field = box.closest("form")?.querySelector<HTMLInputElement>("[data-recorded]");
    if (!field) continue;
    box.classList.add("has-recorder");
    new Recorder(box, field);
  }
}
