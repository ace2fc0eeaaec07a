// What an opened file looks like: media are blurred, still and silent until asked for; anything else is only saved.

import { type Shown, shownAs } from "../media.ts";
import { word } from "../page.ts";
import { element } from "./dom.ts";

const addresses: string[] = [];

function addressOf(content: Uint8Array, type: string): string {
  const address = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>], { type }));
  addresses.push(address);
  return address;
}

/** Opened files are gone with the page, or before it. */
export function forgetMedia(): void {
  for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
}

export function showFile(content: Uint8Array, name: string): HTMLElement {
  const kind = shownAs(content);
  const save = element("a", word("thread-save"), { download: name });
  save.href = addressOf(content, "application/octet-stream");
  const saving = element("p", [save]);
  return kind ? element("div", [veiled(content, kind), saving]) : saving;
}

function veiled(content: Uint8Array, [media, tag]: Shown): HTMLElement {
  const shown = element(tag, [], { class: "veiled" });
  shown.src = addressOf(content, media);
  const silent = tag === "audio";
  const reveal = element("button", word(silent ? "thread-listen" : "thread-show-blurred"), { type: "button" });
  if (shown instanceof HTMLMediaElement) {
    shown.muted = true;
    shown.preload = "metadata";
  } else {
    shown.alt = "";
  }
  reveal.addEventListener("click", () => {
    shown.classList.remove("veiled");
    if (shown instanceof HTMLMediaElement) Object.assign(shown, { controls: true, muted: false });
    shown.tabIndex = 0;
    shown.focus();
    reveal.remove();
  });
  return element("div", [reveal, shown], { class: "media" });
}
