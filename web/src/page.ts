// What every public page has: its sentences, and the mark that its script runs. Text is only ever text.

/** Sentences that came after the page stand with its own, where every copy of this code finds them. */
export function learn(sentences: Readonly<Record<string, string>>): void {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  for (const [key, sentence] of Object.entries(sentences)) {
    const line = document.createElement("i");
    line.dataset["key"] = key;
    line.textContent = sentence;
    words?.content.append(line);
  }
}

/** A sentence of the page, by its key; `{name}` in it becomes the value of that name. */
export function word(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  const sentence = words?.content.querySelector(`[data-key="${key}"]`)?.textContent ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Says that the page's script runs: what only helps without it goes, tests wait for it. */
export function ready(): void {
  document.documentElement.setAttribute("data-ready", "");
}
