// What an opened part looks like. Words are folded and plain; media are blurred, still and silent until asked for.

import { text } from "../bytes.ts";
import { shownAs } from "../media.ts";
import { isObject } from "../strict.ts";
import type { Labels } from "./labels.ts";
import { element, freeText, word } from "./page.ts";

export function showContent(kind: string, content: Uint8Array, labels: Labels): Node {
  if (kind === "evidence") return showEvidence(content);
  let words: string;
  try {
    words = text(content);
  } catch {
    return saveLink(content);
  }
  return showValue(readValue(words), labels);
}

function readValue(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return words;
  }
}

/** JSON as nested lists: keys are ours, codes are told in words, everything else is a person's and stays text. */
function showValue(value: unknown, labels: Labels): Node {
  if (Array.isArray(value)) return element("ul", value.map((one) => element("li", [showValue(one, labels)])));
  if (typeof value === "boolean") return element("p", word(value ? "yes" : "no"));
  if (!isObject(value)) {
    const words = value === null || value === undefined ? "" : labels.of(String(value));
    return words.trim() === "" ? element("p", word("part-empty")) : freeText(words);
  }
  if (typeof value["unanswered"] === "string") return element("p", word(`unanswered-${value["unanswered"]}`));
  const pairs = Object.entries(value).map(([key, one]) =>
    element("div", [element("dt", labels.field(key)), element("dd", [showValue(one, labels)])]),
  );
  return element("dl", pairs);
}

function showEvidence(content: Uint8Array): Node {
  const kind = shownAs(content);
  if (!kind) return saveLink(content);
  const [media, tag] = kind;
  const shown = element(tag);
  shown.src = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>], { type: media }));
  shown.className = "veiled";
  if (shown instanceof HTMLMediaElement) {
    shown.muted = true;
    shown.preload = "metadata";
  } else {
    shown.alt = "";
  }
  const reveal = element("button", word("show-media"));
  reveal.type = "button";
  reveal.addEventListener("click", () => {
    shown.classList.remove("veiled");
    if (shown instanceof HTMLMediaElement) shown.controls = true;
    reveal.remove();
  });
  return element("div", [reveal, shown, saveLink(content)]);
}

/** Never rendered by the browser: what it is cannot be known, so it is only saved. */
function saveLink(content: Uint8Array): HTMLElement {
  const link = element("a", word("save-file"));
  link.href = URL.createObjectURL(new Blob([content as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }));
  link.download = "evidence";
  return element("p", [link]);
}
