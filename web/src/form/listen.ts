// Offers to read the topic aloud, where the phone itself has a voice for the page's language. What reads comes when it is pressed.

import { button } from "./view.ts";

export function offerListening(form: HTMLElement): void {
  const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  const language = document.documentElement.lang.slice(0, 2);
  // Other voices send what they read to a server.
  const voice = (): SpeechSynthesisVoice | undefined => speech?.getVoices().find(({ lang, localService }) => localService && lang.startsWith(language));
  const listen = button("form-listen", "quiet");
  const look = (): void => void (listen.hidden = !voice());
  look();
  speech?.addEventListener("voiceschanged", look);
  listen.addEventListener("click", () => void import("./aloud.ts").then(({ readAloud }) => readAloud(voice())));
  form.prepend(listen);
}
