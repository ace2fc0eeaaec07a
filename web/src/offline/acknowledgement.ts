// The proof that a report was kept. Without it nothing leaves this phone's storage.

import { pinnedBoard } from "../board.ts";
import { readDirectory } from "../directory.ts";
import { readVerifierKey, type VerifierKey, verifyNote } from "../note.ts";
import { Refused } from "./answer.ts";

/** The key the server signs with, as the board's directory names it: never one the server sent along. */
export function serverKey(directoryNote: string): VerifierKey {
  return readVerifierKey(readDirectory(directoryNote, pinnedBoard()).server);
}

/** Refuses unless the server signed that it keeps exactly this statement of this report. */
export function checkAcknowledgement(note: string, key: VerifierKey, report: string, statement: string): void {
  let body: string;
  try {
    body = verifyNote(note, { threshold: 1, keys: [key] });
  } catch {
    throw new Refused("acknowledgement");
  }
  const promised = `putokaz/1 acknowledgement\nreport ${report}\nstatement ${statement}\n`;
  if (!body.startsWith(promised)) throw new Refused("acknowledgement");
}
