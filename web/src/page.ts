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

/** Zero, where readers count in numerals of their own. */
const ZERO: Partial<Record<string, number>> = { ar: 0x660, fa: 0x6f0, ps: 0x6f0 };

/** Digits as the page's readers write them. */
export function numerals(text: string | number): string {
  const zero = ZERO[document.documentElement.lang] ?? 0x30;
  return String(text).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

/** Several in one line, as the page's readers write it. */
export const listed = (entries: string[]): string => entries.join(document.dir === "rtl" ? "، " : ", ");

/** A sentence of the page, by its key; `{name}` in it becomes the value of that name, and what is counted is in the page's numerals. */
export function word(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const words = document.querySelector<HTMLTemplateElement>("#words");
  const sentence = words?.content.querySelector(`[data-key="${key}"]`)?.textContent ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === "number" ? numerals(value) : value;
  });
}

/** Says that the page's script runs: what only helps without it goes, tests wait for it. */
export function ready(): void {
  document.documentElement.setAttribute("data-ready", "");
}
