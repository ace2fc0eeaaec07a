// The line, loaded once something is to be sent: with it comes the cryptography that proves what was kept.

import type { Line } from "./line.ts";
import type { Tell } from "./sync.ts";

/** A phone that was never here with network for long has to fetch the code first. */
const AGAIN_MILLISECONDS = 3000;

/** What was asked for before the code could be loaded is asked for again until it can. */
export function lineOnDemand(tell: Tell): Line {
  let line: Promise<Line> | undefined;
  const send = (): void => {
    line ??= import("./line.ts").then(({ openLine }) => openLine(tell));
    line.then((opened) => opened.send(), () => {
      line = undefined;
      setTimeout(send, AGAIN_MILLISECONDS);
    });
  };
  return { send };
}
