// Large sealed parts, piece by piece (tus 1.0): what arrived before a cut is not sent again.

import { utf8 } from "../bytes.ts";
import { sha256 } from "../hash.ts";
import { Later, refusedBy, type Ask } from "./answer.ts";
import { enter } from "./door.ts";

const UPLOADS = "/api/v1/uploads";
/** Small enough to arrive within a minute at the river; the server keeps the beginning of a piece that is cut, too. */
const PIECE = 1024 * 1024;

/** Where the beginning of one file already lies. */
export interface Begun {
  /** The upload's address on the server. */
  address: string;
  /** All of it arrived: only the envelope that names it is missing. */
  whole: boolean;
}

export interface Memory {
  read(): Promise<Begun | undefined>;
  write(begun: Begun): Promise<void>;
}

type Told = (sent: number, size: number) => void;

export interface Way {
  /** Who lets it in, and each of its pieces: the header of an organisation's link, where the report may show one. */
  shown?: Record<string, string>;
  told?: Told;
}

/** Sends a file from wherever it stands. Gives the upload's id, which the envelope names. */
export async function upload(ask: Ask, blob: Blob, memory: Memory, { shown = {}, told = () => undefined }: Way = {}): Promise<string> {
  const before = await memory.read();
  if (before?.whole) return idOf(before);
  let at = before && (await offset(ask, before));
  const begun: Begun = at === undefined ? await begin(ask, blob.size, shown) : (before as Begun);
  if (at === undefined) await memory.write(begun);
  at ??= 0;
  while (at < blob.size) {
    told(at, blob.size);
    at = await append(ask, begun, blob.slice(at, at + PIECE), { ...shown, "upload-offset": String(at) });
  }
  told(at, blob.size);
  await memory.write({ ...begun, whole: true });
  return idOf(begun);
}

const idOf = ({ address }: Begun): string => address.slice(address.lastIndexOf("/") + 1);

async function begin(ask: Ask, size: number, shown: Record<string, string>): Promise<Begun> {
  const asking = { headers: { ...shown, "upload-length": String(size) }, work: sha256(utf8(String(size))) };
  const answer = await enter(asking, (headers) => speak(ask, UPLOADS, { method: "POST", headers: Object.fromEntries(headers) }));
  const address = answer.headers.get("location");
  if (answer.status !== 201 || !address?.startsWith(`${UPLOADS}/`)) throw await refusedBy(answer);
  return { address, whole: false };
}

/** How far it is; nothing, when the server does not know it any more. */
async function offset(ask: Ask, { address }: Begun): Promise<number | undefined> {
  const answer = await speak(ask, address, { method: "HEAD" });
  if (answer.status === 404 || answer.status === 410) return undefined;
  if (!answer.ok) throw await refusedBy(answer);
  return stated(answer);
}

async function append(ask: Ask, { address }: Begun, piece: Blob, shown: Record<string, string>): Promise<number> {
  const headers = { ...shown, "content-type": "application/offset+octet-stream" };
  const answer = await speak(ask, address, { method: "PATCH", headers, body: piece });
  // Somebody else, or a request believed lost, was faster: look again where it stands.
  if (answer.status === 409) throw new Later(1);
  if (answer.status !== 204) throw await refusedBy(answer);
  return stated(answer);
}

function stated(answer: Response): number {
  const bytes = Number(answer.headers.get("upload-offset") ?? Number.NaN);
  if (!Number.isSafeInteger(bytes)) throw new Later();
  return bytes;
}

const speak = (ask: Ask, address: string, init: RequestInit): Promise<Response> =>
  ask(address, { ...init, headers: { ...init.headers, "tus-resumable": "1.0.0" } });
