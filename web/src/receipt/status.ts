// How things stand, as one of a few prepared phrases. Pure, so that a test can try them all.

import type { Thread } from "./door.ts";

export type Standing =
  | "withdrawn"
  | "alone"
  | "closed"
  | "asks"
  | "answered"
  | "told"
  | "referred"
  | "read"
  | "held"
  | "kept";

type Seen = Pick<Thread, "status" | "alone" | "stage" | "readers"> & { statements: { act: string; from: string }[] };

/** The first line. What waits for the person stands before where the case stands. */
export function standingOf({ status, alone, stage, readers, statements }: Seen): Standing {
  if (status === "withdrawn") return "withdrawn";
  if (alone) return "alone";
  const last = statements.filter(({ act }) => ["add", "reply", "answer"].includes(act)).at(-1);
  if (last?.act === "reply") return "asks";
  if (last?.act === "answer") return "answered";
  if (stage === "closed") return "closed";
  if (stage === "referred" || stage === "answered") return "referred";
  if (stage === "acknowledged" || stage === "in-triage") return last?.act === "add" ? "told" : "read";
  return readers.some(({ state }) => state === "live" || state === "held") ? "kept" : "held";
}

/** The days that are left of the seven in which a withdrawal can be taken back; none when they are over. */
export function daysToUndo(withdrawal: string, today: string): number {
  const gone = Math.floor((Date.parse(today) - Date.parse(withdrawal)) / 86_400_000);
  return Math.max(0, 7 - Math.max(0, gone));
}
