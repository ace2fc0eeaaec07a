// The line, loaded once something is to be sent: with it comes the cryptography that proves what was kept.

import type { Line } from "./line.ts";
import type { Tell } from "./sync.ts";

/** What was asked for before the code could be loaded is asked for again with the next `send`. */
export function lineOnDemand(tell: Tell): Line {
  let line: Promise<Line> | undefined;
  return {
    send: () => {
      line ??= import("./line.ts").then(({ openLine }) => openLine(tell));
      line.then(({ send }) => send(), () => (line = undefined));
    },
  };
}
