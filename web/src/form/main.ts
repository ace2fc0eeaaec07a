// Begins the form. The first question needs nothing but this file; cryptography and lists come when the page is idle.

import { workOffline } from "../offline/always.ts";
import { ready } from "../page.ts";
import type { Entries } from "./answers.ts";
import { utcDay } from "./day.ts";
import { Draft } from "./draft.ts";
import { watchExclusive, watchOdd } from "./fields.ts";
import { watchActs } from "./now.ts";
import { offerListening } from "./listen.ts";
import { bringNames } from "./names.ts";
import { offerOrigins } from "./origins.ts";
import { watchPlaces } from "./places.ts";
import { fill, offerMore, watchEach } from "./rooms.ts";
import { watchSearch } from "./search.ts";
import { Sender } from "./sender.ts";
import { Topics } from "./topics.ts";
import { find, say } from "./view.ts";

const form = find<HTMLFormElement>("form#questions");

function begin(questions: HTMLFormElement): void {
  const draft = new Draft(questions);
  questions.hidden = false;
  watchOdd(questions, utcDay(Date.now()));
  offerListening(questions);
  offerOrigins();
  watchExclusive(questions);
  offerMore(questions);
  watchSearch(questions);
  watchActs(questions);
  watchPlaces(questions);
  watchEach(questions);
  const sender = new Sender(questions, () => draft.forget());
  const topics = new Topics(questions, {
    entered: (topic) => sender.entered(topic),
    left: () => {
      draft.keep();
      void bringNames(questions);
    },
    finished: () => {
      topics.busy = true;
      void sender.send().then((sent) => (topics.busy = sent));
    },
  });
  void goOn(questions, draft, topics);
  questions.addEventListener("change", () => sender.changed());
  whenIdle(() => sender.warm());
}

/** A page that was read anew stands where it stood, with what was typed: whoever looks at it saw that a moment ago. */
async function goOn(questions: HTMLFormElement, draft: Draft, topics: Topics): Promise<void> {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const again = visit?.type === "reload" && location.hash !== "";
  if (again) topics.resume();
  else topics.begin();
  const entries = await draft.recall();
  if (visit?.type === "reload" && entries.length > 0) putBack(questions, entries);
  else {
    if (again) topics.begin();
    if (entries.length > 0) offerDraft(questions, entries, draft, topics);
  }
}

function putBack(questions: HTMLFormElement, entries: Entries): void {
  fill(questions, entries);
  void bringNames(questions);
}

/** Otherwise what was kept is only shown to who asks for it: the phone may be in other hands now. */
function offerDraft(questions: HTMLFormElement, entries: Entries, draft: Draft, topics: Topics): void {
  const offer = find("#draft");
  if (!offer) return;
  offer.hidden = false;
  find("#draft-continue")?.addEventListener("click", () => {
    putBack(questions, entries);
    offer.hidden = true;
    topics.begin();
  });
  find("#draft-forget")?.addEventListener("click", () => {
    draft.forget();
    say("form-draft-forgotten");
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
