// Sending what waits: large parts first, the envelope last, and nothing is let go before the proof holds.

import { nameUploads, readEnvelope } from "../envelope.ts";
import { hashOf } from "../statement.ts";
import { checkAcknowledgement, serverKey } from "./acknowledgement.ts";
import { type Ask, Later, Refused, refusedBy } from "./answer.ts";
import { authorization, knock } from "./door.ts";
import { letGo, mark, sizeOf, type Waiting, whatWaits } from "./reports.ts";
import { read, remove, write } from "./storage.ts";
import { type Begun, type Memory, upload } from "./tus.ts";

const DIRECTORY = "/api/v1/directory";
const LOCK = "putokaz-send";

/** What became of one waiting report; pages show it, and other tabs hear it. */
export type News =
  | { kind: "sending"; place: number; report: string; sent: number; size: number }
  | { kind: "kept"; place: number; report: string; acknowledgement: string; withheld: string[] }
  | { kind: "refused"; place: number; report: string; code: string };

export type Tell = (news: News) => void;

/** How a round of sending ended. */
export type Round =
  /** Nothing waits that could still be sent. */
  | { kind: "done" }
  /** Another tab is sending. */
  | { kind: "elsewhere" }
  /** To be tried again: after so many seconds, or as soon as there is network. */
  | { kind: "later"; seconds: number | undefined };

/** Sends everything that waits, reports with little to send first; one tab at a time. */
export async function sendAll(ask: Ask, tell: Tell): Promise<Round> {
  // An old browser without locks may send twice: the server keeps it once.
  const locks = globalThis.navigator?.locks;
  if (!locks) return round(ask, tell);
  return locks.request(LOCK, { ifAvailable: true }, (lock) =>
    lock ? round(ask, tell) : Promise.resolve({ kind: "elsewhere" as const }),
  );
}

async function round(ask: Ask, tell: Tell): Promise<Round> {
  for (const one of lightestFirst(await whatWaits())) {
    if (one.refused !== undefined) continue;
    try {
      await send(ask, one, tell);
    } catch (cause) {
      if (!(cause instanceof Refused)) return { kind: "later", seconds: cause instanceof Later ? cause.seconds : undefined };
      await mark(one.place, cause.code);
      tell({ kind: "refused", place: one.place, report: one.report, code: cause.code });
    }
  }
  return { kind: "done" };
}

/** A film holds up nobody's words. What belongs to one report keeps its order: the server takes nothing added before the report. */
function lightestFirst(waiting: Waiting[]): Waiting[] {
  const weights = new Map<string, number>();
  for (const one of waiting) weights.set(one.report, (weights.get(one.report) ?? 0) + sizeOf(one));
  return [...waiting].sort((one, other) => (weights.get(one.report) ?? 0) - (weights.get(other.report) ?? 0));
}

interface Answer {
  acknowledgement: string;
  withheld?: string[];
}

async function send(ask: Ask, one: Waiting, tell: Tell): Promise<void> {
  const { place, report } = one;
  const size = one.uploads.reduce((sum, part) => sum + part.size, 0);
  const ids: Record<string, string> = {};
  let before = 0;
  const shown = one.uploads.length > 0 ? await authorization(ask, one.envelope) : {};
  for (const { part, sha256, blob } of one.uploads) {
    const told = (sent: number): void => tell({ kind: "sending", place, report, sent: before + sent, size });
    ids[part] = await upload(ask, blob, memory(sha256), { shown, told });
    before += blob.size;
  }
  const { acknowledgement, withheld = [] } = await post(ask, one, nameUploads(one.envelope, ids));
  const key = serverKey(await directory(ask));
  checkAcknowledgement(acknowledgement, key, report, hashOf(readEnvelope(one.envelope)));
  await letGo(one);
  tell({ kind: "kept", place, report, acknowledgement, withheld });
}

async function post(ask: Ask, one: Waiting, body: Uint8Array): Promise<Answer> {
  const answer = await knock(ask, body);
  if (answer.status === 200 || answer.status === 201) return (await answer.json().catch(lost)) as Answer;
  const refused = await refusedBy(answer);
  const swept = refused instanceof Refused && refused.code === "part-missing";
  if (swept && (await startAgain(one))) throw new Later();
  throw refused;
}

/** The answer was cut: it is asked for again. */
const lost = (): never => {
  throw new Later();
};

const begunAgain = new Set<number>();

/** The server threw uploads away that nobody claimed for long: they are sent once more, but not for ever. */
async function startAgain({ place, uploads }: Waiting): Promise<boolean> {
  await Promise.all(uploads.map(({ sha256 }) => remove("upload", sha256)));
  if (uploads.length === 0 || begunAgain.has(place)) return false;
  begunAgain.add(place);
  return true;
}

async function directory(ask: Ask): Promise<string> {
  const answer = await ask(DIRECTORY);
  if (!answer.ok) throw await refusedBy(answer);
  return answer.text().catch(lost);
}

/** A full phone only costs sending from the start again. */
const memory = (sha256: string): Memory => ({
  read: () => read<Begun>("upload", sha256),
  write: (begun) => write("upload", sha256, begun).catch(() => undefined),
});
