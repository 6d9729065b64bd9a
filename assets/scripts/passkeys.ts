/**
 * Passkeys: a form [data-passkey=make|use] is sent once the device has made or used one. What the device is asked
 * stands in [data-options] as JSON, or is fetched from [data-options-from] as { request_options }. What came of it
 * goes into the form's field `credential`; why nothing did is said in its [data-passkey-said].
 */

type Json = Record<string, unknown>;

function bytes(text: string): ArrayBuffer {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0)).buffer;
}

function text(buffer: ArrayBuffer): string {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(characters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

interface Described {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

function described(list: Described[] | undefined): PublicKeyCredentialDescriptor[] {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

async function made(options: Json): Promise<Json> {
  const asked = options["publicKey"] as Json;
  const user = asked["user"] as Json;
  const found = await navigator.credentials.create({
    publicKey: {
      ...(asked as unknown as PublicKeyCredentialCreationOptions),
      challenge: bytes(asked["challenge"] as string),
      user: { ...(user as unknown as PublicKeyCredentialUserEntity), id: bytes(user["id"] as string) },
      excludeCredentials: described(asked["excludeCredentials"] as Described[] | undefined),
      // Every one may be used to sign in without a password, where the device can.
      authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    },
  });
  const credential = found as PublicKeyCredential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...named(credential),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

async function used(options: Json): Promise<Json> {
  const asked = options["publicKey"] as Json;
  const found = await navigator.credentials.get({
    publicKey: {
      ...(asked as unknown as PublicKeyCredentialRequestOptions),
      challenge: bytes(asked["challenge"] as string),
      allowCredentials: described(asked["allowCredentials"] as Described[] | undefined),
    },
  });
  const credential = found as PublicKeyCredential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...named(credential),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

function named(credential: PublicKeyCredential): Json {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form: HTMLFormElement): Promise<Json> {
  const address = form.dataset["optionsFrom"];
  if (!address) return JSON.parse(form.dataset["options"] ?? "{}") as Json;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return ((await answer.json()) as { request_options: Json }).request_options;
}

function why(error: unknown): "stopped" | "known" | "unable" {
  if (!(error instanceof DOMException)) return "unable";
  if (error.name === "InvalidStateError") return "known";
  return error.name === "NotAllowedError" || error.name === "AbortError" ? "stopped" : "unable";
}

async function send(form: HTMLFormElement): Promise<void> {
  const said = form.querySelector<HTMLElement>("[data-passkey-said]");
  if (said) said.hidden = true;
  try {
    const credential = await (form.dataset["passkey"] === "make" ? made : used)(await optionsOf(form));
    const field = form.elements.namedItem("credential") as HTMLInputElement;
    field.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    if (!said) return;
    said.textContent = said.dataset[why(error)] ?? "";
    said.hidden = false;
  }
}

export function watchPasskeys(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset["passkey"]) return;
    event.preventDefault();
    void send(form);
  });
}
