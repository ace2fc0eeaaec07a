// A report that was sealed and not sent, on a phone that cannot keep it: it can still leave in somebody's hand, as a file. Fetched
// while there is network; only the page's sentences are handed over, so that this piece of code stands alone and is small.

import { save, writeTakeout } from "../offline/taking-out.ts";
import type { word } from "../page.ts";
import type { Stranded } from "./delivery.ts";
import type { Done } from "./kept.ts";

/** Offers it below what was said; whoever takes it is shown the digits with it. */
export function offerFile({ parcel, done }: Stranded, words: typeof word, show: (done: Done) => void): void {
  const status = document.querySelector("#status");
  const element = <K extends keyof HTMLElementTagNameMap>(name: K, key: string): HTMLElementTagNameMap[K] =>
    Object.assign(document.createElement(name), { textContent: words(key) });
  const carry = (act: () => void): HTMLButtonElement => {
    const made = element("button", "offline-take-out");
    made.type = "button";
    made.addEventListener("click", () => {
      save(writeTakeout(parcel), `${parcel.report.slice(0, 8)}.sealed`);
      act();
    });
    return made;
  };
  const take = (): void => {
    const carried = document.createElement("div");
    carried.id = "carried";
    const heading = element("h2", "form-carried-heading");
    heading.tabIndex = -1;
    carried.append(heading, element("p", "form-carried-first"), carry(() => undefined));
    status?.replaceChildren();
    show({ ...done, fate: "carried", carried });
  };
  status?.append(" ", carry(take));
}
