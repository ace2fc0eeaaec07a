// Reads the topic that is shown aloud, with a voice of the phone itself: what is read leaves it for nobody's server.

const LINES = "h2, h3, p, legend, label, summary, li";

/** Line by line, as long as the topic is looked at; pressed again, it is silent. */
export function readAloud(voice: SpeechSynthesisVoice | undefined): void {
  const wasReading = speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (wasReading || !voice) return;
  const lines = [...document.querySelectorAll<HTMLElement>("section[data-topic]:not([hidden]) :is(" + LINES + ")")];
  next(lines.filter((line) => line.getClientRects().length > 0), voice);
}

function next([line, ...rest]: HTMLElement[], voice: SpeechSynthesisVoice): void {
  // Who leaves the topic, or the page, has heard enough.
  if (!line || line.getClientRects().length === 0) return;
  const said = new SpeechSynthesisUtterance(line.textContent?.trim());
  said.voice = voice;
  said.lang = voice.lang;
  said.onend = () => next(rest, voice);
  speechSynthesis.speak(said);
}

const silence = (): void => speechSynthesis.cancel();
for (const kind of ["pagehide", "popstate"]) addEventListener(kind, silence);
document.querySelector("form .steps")?.addEventListener("click", silence);
// The exit button takes everything off the page.
new MutationObserver(silence).observe(document.documentElement, { childList: true });
