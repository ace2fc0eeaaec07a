// A report that was sealed and not sent, on a phone that cannot keep it: it can still leave in somebody's hand, as a file. Fetched
// while there is network; everything but the file itself is handed over, so that this piece of code is small.

import { save, writeTakeout } from "../offline/taking-out.ts";
import type { CARRYING, Stranded } from "./delivery.ts";

/** Offers it below what was said; whoever takes it gets the digits with it. `taken` hears that the answers are needed no more. */
export function offerFile({ parcel, done }: Stranded, tools: typeof CARRYING, taken: () => void): void {
  const { element, button, find, word, showKept } = tools;
  const carry = (act: () => void): HTMLButtonElement => {
    const made = button("offline-take-out");
    made.addEventListener("click", () => {
      save(writeTakeout(parcel), `${parcel.report.slice(0, 8)}.sealed`);
      act();
    });
    return made;
  };
  const show = (): void => {
    taken();
    const told = [element("h2", word("form-carried-heading")), element("p", word("form-carried-first")), carry(() => undefined)];
    for (const one of told) one.dataset["fate"] = "carried";
    find("#kept")?.prepend(...told);
    find("#status")?.replaceChildren();
    showKept({ ...done, fate: "carried" });
  };
  find("#status")?.append(" ", carry(show));
}
