/**
 * Pushes: a form [data-push="public key"] is sent once this browser has subscribed, with what it gave in its fields.
 * [data-push-worker] is the script that shows what arrives. Why nothing was done is said in its [data-push-said].
 */

function bytes(text: string): ArrayBuffer {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0)).buffer;
}

async function subscribed(key: string, worker: string): Promise<PushSubscriptionJSON> {
  const registration = await navigator.serviceWorker.register(worker, { scope: worker.replace(/[^/]*$/, "") });
  const former = await registration.pushManager.getSubscription();
  // One made with another key would be refused for good.
  await former?.unsubscribe();
  await active(registration);
  const made = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  return made.toJSON();
}

function active(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve) => {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    if (!worker || worker.state === "activated") return resolve();
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
    });
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const said = form.querySelector<HTMLElement>("[data-push-said]");
  if (said) said.hidden = true;
  try {
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) throw new Error("unable");
    const given = await subscribed(form.dataset["push"] ?? "", form.dataset["pushWorker"] ?? "");
    const told = { endpoint: given.endpoint ?? "", ...given.keys };
    for (const [name, value] of Object.entries(told)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.submit();
  } catch (error) {
    if (!said) return;
    const isDenied = error instanceof DOMException && error.name === "NotAllowedError";
    said.textContent = said.dataset[isDenied ? "denied" : "unable"] ?? "";
    said.hidden = false;
  }
}

export function watchPushes(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset["push"]) return;
    event.preventDefault();
    void send(form);
  });
}
