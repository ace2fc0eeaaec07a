// Where a group was told of, the page offers digits to its other adults: what that needs comes only then.

import { borrow } from "../offline/borrow.ts";
import type { Coding } from "./coding.ts";
import type { Done } from "./kept.ts";
import { file, tellWhy } from "./delivery.ts";
import { entriesOf, saidOf, watchExclusive } from "./fields.ts";
import type { Filing } from "./filing.ts";
import { showLists, showOperator } from "./lists.ts";
import { find, say } from "./view.ts";

/** The page around it: how it takes away what one person sees, and shows the next one theirs. */
export interface Host {
  clear(): void;
  show(done: Done): void;
}

/** What the offer works with. Handed over, so that its piece of code holds nothing of this one. */
export const TOOLS = { borrow, file, entriesOf, saidOf, watchExclusive, showLists, showOperator, say, tellWhy };

/** What another report would stand beside. */
export interface Beside {
  filing: Filing;
  report: string;
  told: Coding;
}

/** Offers it where the page has room. Without network and without a copy of it there is no offer. */
export function besides(beside: Beside, host: Host): void {
  const place = find("#others");
  if (!place) return;
  const offered = import("./another.ts").then(({ offer }) => offer(beside, { host, place, tools: TOOLS }));
  offered.catch(() => undefined);
}
