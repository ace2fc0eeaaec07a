// A report that was sealed and not sent, on a phone that cannot keep it: it can still leave in somebody's hand, as a file. Fetched
// while there is network; everything but the file itself is handed over, so that this piece of code is small.

import { save, writeTakeout } from "../offline/taking-out.ts";
import type { CARRYING, Stranded } from "./delivery.ts";
import type { Done } from "./kept.ts";

/** Offers it below what was said; whoever takes it is shown the digits with it. */
export function offerFile({ parcel, done }: Stranded, { element, button, find, word }: typeof CARRYING, show: (done: Done) => void): void {
  const carry = (act: () => void): HTMLButtonElement => {
    const made = button("offline-take-out");
    made.addEventListener("click", () => {
      save(writeTakeout(parcel), `${parcel.report.slice(0, 8)}.sealed`);
      act();
    });
    return made;
  };
  const take = (): void => {
    const carried = element("div");
    carried.id = "carried";
    const heading = element("h2", word("form-carried-heading"));
    heading.tabIndex = -1;
    carried.append(heading, element("p", word("form-carried-first")), carry(() => undefined));
    find("#status")?.replaceChildren();
    show({ ...done, fate: "carried", carried });
  };
  find("#status")?.append(" ", carry(take));
}
