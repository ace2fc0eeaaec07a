// What an opened part holds. What a person answered is told as it was asked: the questions' own words stand for names and codes.

import { text } from "../bytes.ts";
import { dayInWords } from "../date.ts";
import { borrow } from "../offline/borrow.ts";
import { listed, numerals, word } from "../page.ts";
import { kindOf } from "../part.ts";
import { isObject } from "../strict.ts";
import { element, freeText } from "./dom.ts";
import { showFile } from "./media.ts";

type Fields = Record<string, unknown>;

/** Names of what is itself the answer to the question above it. */
const ANSWERS = ["code", "kind", "institution"];
/** What the device added and nobody said; and what was agreed to, which is told below as it is in force. */
const ELSEWHERE = ["channel", "consent"];
/** Names of what is a country. */
const COUNTRIES = ["origin", "from", "to"];

export async function showContent(part: string, content: Uint8Array): Promise<Node> {
  if (kindOf(part) === "evidence") return showFile(content, part.replace("/", "-"));
  let words: string;
  try {
    words = text(content);
  } catch {
    return showFile(content, part.replace("/", "-"));
  }
  const fields = readFields(words);
  if (fields === undefined) return words.trim() === "" ? element("p", word("thread-empty")) : freeText(words);
  const told = Object.fromEntries(Object.entries(fields).filter(([key]) => !ELSEWHERE.includes(key)));
  // An account and an identity are named by what they are in the questions.
  const within = kindOf(part) === "coding" ? "" : kindOf(part);
  return new Said(await questions()).all(told, within);
}

function readFields(words: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(words);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

let brought: Promise<HTMLElement | undefined> | undefined;

/** The long form's questions. Without network the names stay as they are kept. */
function questions(): Promise<HTMLElement | undefined> {
  brought ??= borrow("report", "#questions").catch(() => (brought = undefined));
  return brought;
}

class Said {
  constructor(private readonly asked: HTMLElement | undefined) {}

  all(fields: Fields, path: string): HTMLElement {
    return element("dl", Object.entries(fields).flatMap(([key, one]) => this.line(key, one, path)));
  }

  private line(key: string, one: unknown, path: string): Node[] {
    const field = path === "" ? key : `${path}.${key}`;
    const said = element("dd", [this.value(one, ANSWERS.includes(key) ? path : field)]);
    if (ANSWERS.includes(key)) return [said];
    const name = this.found(`[data-field="${field}"]`, `[data-field="each.${key}"]`, `[data-repeat="${field}"]`);
    const isGroup = name === undefined && this.asked !== undefined && isObject(one) && one["unanswered"] === undefined;
    return isGroup ? [said] : [element("dt", name ?? key.replaceAll("_", " ")), said];
  }

  private value(one: unknown, path: string): Node {
    if (Array.isArray(one)) return this.several(one, path);
    if (!isObject(one)) return this.leaf(one, path);
    const { unanswered } = one;
    return unanswered === undefined ? this.all(one, path) : this.leaf(`unanswered:${String(unanswered)}`, path);
  }

  /** Of several of a kind the questions stand once, with number 0. */
  private several(all: unknown[], path: string): Node {
    const number = this.asked?.querySelector(`[data-repeat="${path}"]`) ? `${path}.0` : path;
    if (all.some(isObject)) return element("ul", all.map((one) => element("li", [this.value(one, number)])));
    return element("p", listed(all.map((one) => this.leaf(one, path).textContent ?? "")));
  }

  private leaf(one: unknown, path: string): HTMLElement {
    if (typeof one === "number") return element("p", numerals(one));
    const code = typeof one === "boolean" ? (one ? "yes" : "no") : String(one ?? "");
    if (/^\d{4}-\d\d-\d\d$/.test(code)) return element("p", dayInWords(code, word));
    if (/^[A-Z]{2}$/.test(code) && COUNTRIES.includes(path.split(".").at(-1) ?? "")) return element("p", countryOf(code));
    const value = `[value="${CSS.escape(code)}"]`;
    const anywhere = /^[A-Z]+-[A-Z0-9-]+$|^unanswered:/.test(code) ? [value] : [];
    const name = this.found(`[name="${path}"]${value}`, `[name="${path}"] ${value}`, ...anywhere);
    return name === undefined ? freeText(code) : element("p", name);
  }

  /** What the first of these is called on the form. */
  private found(...selectors: string[]): string | undefined {
    for (const selector of selectors) {
      const one = this.asked?.querySelector(selector);
      const name = one?.closest("option, label") ?? one?.querySelector("legend, label");
      if (name) return name.textContent?.trim();
    }
    return undefined;
  }
}

/** A country as the browser knows it in the page's language. */
function countryOf(code: string): string {
  if (typeof Intl.DisplayNames !== "function") return code;
  return new Intl.DisplayNames([document.documentElement.lang], { type: "region" }).of(code) ?? code;
}
