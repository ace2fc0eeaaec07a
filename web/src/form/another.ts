// Another adult of a group files beside the group's report, in the same sitting, and leaves with digits of their own. Between two
// people the screen is empty: nobody sees what another typed, or their digits.

import type { Answer, Coding } from "./coding.ts";
import type { Filing } from "./filing.ts";
import type { Done } from "./kept.ts";
import type { Beside, Host, TOOLS } from "./sitting.ts";

/** Almost nothing but types comes from elsewhere: this piece is fetched alone, after a report was sealed. */
export interface Sitting {
  host: Host;
  /** Where the page has room for it. */
  place: HTMLElement;
  tools: typeof TOOLS;
}

type Step = "offer" | "hand" | "form";

export async function offer(beside: Beside, sitting: Sitting): Promise<void> {
  if (!beside.filing.isBeside && !isOfGroup(beside.told)) return;
  const filing = beside.filing.saying(takenOver(beside));
  // The questions are those of a page of their own.
  const borrowed = await sitting.tools.borrow("another", "#another");
  sitting.place.replaceChildren(borrowed);
  borrowed.hidden = false;
  const on = (name: string, act: () => void): void => borrowed.querySelector(`[data-do="${name}"]`)?.addEventListener("click", act);
  on("hand", () => {
    sitting.host.clear();
    filing.prepare();
    show(borrowed, "hand");
  });
  on("begin", () => begin(borrowed, filing, sitting));
}

const listed = <T>(answer: Answer<T[]> | undefined): T[] => (Array.isArray(answer) ? answer : []);

/** Told for others, of several people, or of nobody knows how many. */
function isOfGroup({ on_behalf, people }: Coding): boolean {
  const counts = listed(people).map(({ count }) => count);
  const known = counts.filter((count) => typeof count === "number");
  const isVague = counts.some((count) => typeof count === "object");
  return on_behalf === true || counts.length > 1 || isVague || known.some((count) => count > 1);
}

/** What was done, where and by whom, so that the same are shut out; who people are and what they want is each one's own. */
function takenOver({ filing, report, told }: Beside): Coding {
  const { event, acts, accused, language, channel } = told;
  // Against which of the groups it was says nothing here: they are not part of this report.
  const done = Array.isArray(acts) ? acts.map(({ against: _, ...act }) => act) : acts;
  const own = Object.entries({ event, acts: done, accused, language, channel }).filter(([, answer]) => answer !== undefined);
  const same_event_as = filing.base.same_event_as ?? report;
  return { ...(Object.fromEntries(own) as Coding), source_kind: "S-SELF", on_behalf: false, same_event_as };
}

function show(borrowed: HTMLElement, step: Step): void {
  for (const one of borrowed.querySelectorAll<HTMLElement>("[data-step]")) one.hidden = one.dataset["step"] !== step;
  const heading = borrowed.querySelector<HTMLElement>(`[data-step="${step}"] h2`);
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
  scrollTo({ top: 0 });
}

function begin(borrowed: HTMLElement, filing: Filing, { host, place, tools }: Sitting): void {
  const form = borrowed.querySelector("form");
  if (!form) return;
  const tell = (): void => {
    const drawn = filing.draw(tools.entriesOf(form));
    tools.showLists(drawn);
    tools.showOperator(drawn);
  };
  const leave = (done: Done): void => {
    place.replaceChildren();
    host.show(done);
  };
  const seal = async (): Promise<void> => {
    tools.say("form-sealing");
    const answers = { entries: tools.entriesOf(form), said: tools.saidOf(form), attached: { files: [], told: () => undefined } };
    const done = await tools.file(filing, answers);
    tools.say(done.fate === "kept" ? "form-sent" : "form-waits");
    leave(done);
  };
  tools.watchExclusive(form);
  form.addEventListener("change", tell);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    if (button) button.disabled = true;
    seal().catch((cause: unknown) => {
      if (button) button.disabled = false;
      return tools.tellWhy(cause, leave);
    });
  });
  show(borrowed, "form");
  tell();
}
