// Filing at the public door: through an organisation's link where this phone holds one, and with a puzzle where the door is busy.

import { pinnedBoard } from "../board.ts";
import { type Accused, closureOf, type Directory, readDirectory } from "../directory.ts";
import { CONTENT_TYPE, readEnvelope } from "../envelope.ts";
import { prove, readPuzzle } from "../puzzle.ts";
import { hashOf } from "../statement.ts";
import { type Ask, refusedBy, Refused } from "./answer.ts";
import { type FilingLink, forgetLink, heldLink } from "./filing-link.ts";

const REPORTS = "/api/v1/reports";
const DIRECTORY = "/api/v1/directory";
/** Puzzles solved for one report before it waits a while: somebody else may have taken the place meanwhile. */
const PUZZLES = 3;

/** Files an envelope; the answer is the server's last word, whatever it is. */
export async function knock(ask: Ask, envelope: Uint8Array): Promise<Response> {
  const body = envelope as Uint8Array<ArrayBuffer>;
  const headers = { "content-type": CONTENT_TYPE, ...(await authorization(ask, envelope)) };
  return enter({ headers, work: hashOf(readEnvelope(envelope)) }, (shown) => ask(REPORTS, { method: "POST", headers: shown, body }));
}

export interface Asking {
  headers: Record<string, string>;
  /** What a puzzle is solved for, hexadecimal: the statement's hash, or that of an upload's length in decimal digits. */
  work: string;
}

/** Asks, and again with what the door wants: work where it is busy, and no link where that has ended. */
export async function enter({ headers: own, work }: Asking, send: (headers: Headers) => Promise<Response>): Promise<Response> {
  const headers = new Headers(own);
  for (let puzzles = 0; ; puzzles += 1) {
    const answer = await send(headers);
    const puzzle = readPuzzle(answer.headers.get("putokaz-puzzle") ?? "");
    if (answer.status === 429 && puzzle && puzzles < PUZZLES) {
      headers.set("putokaz-puzzle", await prove(puzzle, work));
    } else if (answer.status === 403 && headers.has("authorization") && (await ended(answer.clone()))) {
      await forgetLink();
      headers.delete("authorization");
    } else {
      return answer;
    }
  }
}

async function ended(answer: Response): Promise<boolean> {
  const refused = await refusedBy(answer);
  return refused instanceof Refused && refused.code === "link-ended";
}

/** The link's header, when this phone holds one and the report may show it. Without a directory nobody can tell: then it may not. */
export async function authorization(ask: Ask, envelope: Uint8Array): Promise<Record<string, string>> {
  const { facets } = readEnvelope(envelope);
  const link = facets === null ? undefined : await heldLink().catch(() => undefined);
  if (!link || facets === null) return {};
  const answer = await ask(DIRECTORY);
  if (!answer.ok) return {};
  const directory = readDirectory(await answer.text(), pinnedBoard());
  return mayShow(link, facets, directory) ? { authorization: `Link ${link.secret}` } : {};
}

/** Whether a report with these facets may show the link: the server must not learn through whom its accuser came. */
export function mayShow(link: FilingLink, facets: string, directory: Directory): boolean {
  const { accused, area = "UNKNOWN" } = JSON.parse(facets) as { accused?: Accused; area?: string };
  const { kinds = [], institutions = [] } = accused ?? {};
  return !closureOf(directory, { kinds, institutions }, area).has(link.institution);
}
