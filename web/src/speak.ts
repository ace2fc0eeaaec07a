// The button that offers to speak, beside a field of files: only where the device can record. What records comes once it is pressed.

import { numerals, word } from "./page.ts";

export function offerVoice(within: HTMLElement): void {
  if (typeof MediaRecorder !== "function" || !navigator.mediaDevices) return;
  for (const input of within.querySelectorAll<HTMLInputElement>('input[type="file"]')) {
    const speak = document.createElement("button");
    speak.type = "button";
    speak.textContent = word("voice-offer");
    speak.addEventListener("click", () => void begin(input, speak).catch(() => undefined));
    input.after(speak);
  }
}

/** Pressed without network and without a copy of the code, the button stays. */
async function begin(input: HTMLInputElement, speak: HTMLButtonElement): Promise<void> {
  const { Voice } = await import("./voice.ts");
  const place = document.createElement("div");
  speak.replaceWith(place);
  new Voice(input, place, { word, numerals });
}
