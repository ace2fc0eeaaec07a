// What waits, in words.

import { dayInWords } from "../date.ts";
import { word } from "../page.ts";
import { button, element } from "../form/view.ts";
import { readEnvelope } from "../envelope.ts";
import { sizeOf, type Waiting } from "./reports.ts";
import { sizeInWords } from "./size.ts";
import { save, writeTakeout } from "./taking-out.ts";

/** Codes of refusals that have a sentence of their own. */
const SAID = ["taken", "gone", "not-found", "acknowledgement", "statement-sequence", "body-too-large"];

export function refusalInWords(code: string): string {
  return SAID.includes(code) ? word(`offline-refused-${code}`) : word("offline-refused-other", { code });
}

export interface Deeds {
  again(one: Waiting): void;
  drop(one: Waiting): void;
}

/** One line of the list: nothing but the day and the size, because nothing else can be known here. */
export function lineOf(one: Waiting, deeds: Deeds): HTMLLIElement {
  const line = element("li");
  line.dataset["place"] = String(one.place);
  const facts = { day: dayInWords(one.day, word), size: sizeInWords(sizeOf(one)) };
  line.append(element("p", word(isAdded(one) ? "offline-line-added" : "offline-line", facts)));
  const state = element("p", one.refused === undefined ? word("offline-line-waits") : refusalInWords(one.refused), "state");
  line.append(state);
  if (one.refused !== undefined) line.append(acting("offline-again", () => deeds.again(one)));
  line.append(takeout(one), twice("offline-delete", "offline-delete-sure", () => deeds.drop(one)));
  return line;
}

/** The one thing its statement tells that is worth a line here: whether it is a report or files for one. */
const isAdded = ({ envelope }: Waiting): boolean => readEnvelope(envelope).statement.includes('"act":"add"');

export function acting(key: string, act: () => void): HTMLButtonElement {
  const made = button(key);
  made.addEventListener("click", act);
  return made;
}

/** What cannot be undone asks once more, in the same place. */
function twice(key: string, sure: string, act: () => void): HTMLButtonElement {
  const made = acting(key, () => {
    if (made.dataset["sure"] !== undefined) return act();
    made.dataset["sure"] = "";
    made.textContent = word(sure);
  });
  return made;
}

function takeout(one: Waiting): HTMLButtonElement {
  return acting("offline-take-out", () => save(writeTakeout(one), `${one.day}-${one.place}.sealed`));
}
