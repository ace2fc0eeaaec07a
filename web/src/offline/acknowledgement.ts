// The proof that a report was kept. Without it nothing leaves this phone's storage.

import { readDirectory } from "../directory.ts";
import { type Board, readBoard, readVerifierKey, type VerifierKey, verifyNote } from "../note.ts";
import { Refused } from "./answer.ts";

declare const PUTOKAZ_BOARD: string;

/** The key the server signs with, as the board's directory names it: never one the server sent along. */
export function serverKey(directoryNote: string): VerifierKey {
  const board: Board | null = PUTOKAZ_BOARD === "" ? null : readBoard(PUTOKAZ_BOARD);
  return readVerifierKey(readDirectory(directoryNote, board).server);
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
