// What every public page has: its sentences, and the mark that its script runs. Text is only ever text.

const learned = new Map<string, string>();

/** Sentences that came after the page. */
export function learn(sentences: Readonly<Record<string, string>>): void {
  for (const [key, sentence] of Object.entries(sentences)) learned.set(key, sentence);
}

/** A sentence of the page, by its key; `{name}` in it becomes the value of that name. */
export function word(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  const sentence = words?.content.querySelector(`[data-key="${key}"]`)?.textContent ?? learned.get(key) ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Says that the page's script runs: what only helps without it goes, tests wait for it. */
export function ready(): void {
  document.documentElement.setAttribute("data-ready", "");
}
