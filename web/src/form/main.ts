// Begins the form. The first question needs nothing but this file; cryptography and lists come when the page is idle.

import { workOffline } from "../offline/always.ts";
import { forget, keep, recall } from "../offline/drafts.ts";
import { ready } from "../page.ts";
import type { Entries } from "./answers.ts";
import { utcDay } from "./day.ts";
import { entriesOf, fill, offerMore, watchExclusive, watchOdd } from "./fields.ts";
import { watchActs } from "./now.ts";
import { offerOrigins } from "./origins.ts";
import { watchPlaces } from "./places.ts";
import { watchSearch } from "./search.ts";
import { Sender } from "./sender.ts";
import { Topics } from "./topics.ts";
import { find, say } from "./view.ts";

const form = find<HTMLFormElement>("form#questions");

function begin(questions: HTMLFormElement): void {
  // Each kind of page has a draft of its own; its name says no more than its address.
  const draft = location.pathname.split("/").at(-1) ?? "";
  questions.hidden = false;
  watchOdd(questions, utcDay(Date.now()));
  offerOrigins();
  watchExclusive(questions);
  offerMore(questions);
  watchSearch(questions);
  watchActs(questions);
  watchPlaces(questions);
  const sender = new Sender(questions, () => void forget(draft).catch(() => undefined));
  const topics = new Topics(questions, {
    entered: (topic) => sender.entered(topic),
    left: () => {
      // A phone without storage files as well; it only cannot keep a draft.
      keep(draft, entriesOf(questions)).catch(() => undefined);
    },
    finished: () => {
      topics.busy = true;
      void sender.send().then((sent) => (topics.busy = sent));
    },
  });
  topics.begin();
  offerDraft(questions, draft, topics);
  questions.addEventListener("change", () => sender.changed());
  whenIdle(() => sender.warm());
}

/** What was kept is only shown to who asks for it: the phone may be in other hands now. */
async function offerDraft(questions: HTMLFormElement, draft: string, topics: Topics): Promise<void> {
  const offer = find("#draft");
  const entries = await recall<Entries>(draft).catch(() => undefined);
  if (!offer || !entries || entries.length === 0) return;
  offer.hidden = false;
  find("#draft-continue")?.addEventListener("click", () => {
    fill(questions, entries);
    questions.dispatchEvent(new Event("change"));
    offer.hidden = true;
    topics.begin();
  });
  find("#draft-forget")?.addEventListener("click", () => {
    void forget(draft).then(() => say("form-draft-forgotten"));
    offer.hidden = true;
  });
}

function whenIdle(task: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(task, { timeout: 2000 });
  else setTimeout(task, 500);
}

if (form) begin(form);
ready();
// In the one piece that comes after the first question.
workOffline(() => import("./rest.ts"));
