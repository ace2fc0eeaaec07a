// The receipt's part of the public interface (docs/api.md). The lookup id travels in a header, never in an address.

import { CONTENT_TYPE } from "../envelope.ts";
import type { ConsentRow } from "../form/coding.ts";
import type { Filed } from "../opening.ts";
import { Refusal } from "../refusal.ts";

export interface ThreadPart {
  part: string;
  /** `reporter` or an institution. */
  from: string;
  size: number;
  /** The sealed grant for the receipt, base64. */
  grant: string;
  day: string;
}

export interface Reading {
  institution: string;
  purpose: string;
  state: "live" | "held" | "withheld" | "ended";
  parts: string[];
  since: string | null;
  until: string | null;
}

export interface Asked {
  institution: string;
  purpose: string;
  /** `vital-interest`, where it did not wait for consent. */
  basis: string | null;
  day: string;
  due: string | null;
  answered: string | null;
  outcome: string | null;
}

export interface Made extends Filed {
  act: string;
  from: string;
}

export interface Thread {
  report: string;
  status: "kept" | "withdrawn";
  /** Nobody can read it although it was filed to be read; another consent opens it to somebody else. */
  alone: boolean;
  stage: string;
  outcome: string | null;
  filed: string;
  facets: string;
  consent: ConsentRow[];
  readers: Reading[];
  referrals: Asked[];
  /** The clock of the answer stands still: why, and until when at the latest. */
  pause: { reason: string; since: string; until: string | null } | null;
  parts: ThreadPart[];
  statements: Made[];
  withdrawal: string | null;
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" });
  } catch {
    throw new Refusal("unreachable");
  }
  if (response.status === 404 || response.status === 410) throw new Refusal("receipt-unknown");
  if (!response.ok) throw new Refusal("server");
  return response;
}

/** What a visit needs of the server. */
export interface ThreadDoor {
  thread(): Promise<Thread>;
  sealedPart(part: string): Promise<Uint8Array>;
  state(envelope: Uint8Array): Promise<void>;
}

export class Door implements ThreadDoor {
  constructor(private readonly lookup: string) {}

  private get headers(): Record<string, string> {
    return { authorization: `Receipt ${this.lookup}` };
  }

  async thread(): Promise<Thread> {
    return (await (await ask("/api/v1/receipt", { headers: this.headers })).json()) as Thread;
  }

  async sealedPart(part: string): Promise<Uint8Array> {
    return new Uint8Array(await (await ask(`/api/v1/receipt/parts/${part}`, { headers: this.headers })).arrayBuffer());
  }

  async state(envelope: Uint8Array): Promise<void> {
    const headers = { ...this.headers, "content-type": CONTENT_TYPE };
    await ask("/api/v1/receipt/statements", { method: "POST", headers, body: envelope as Uint8Array<ArrayBuffer> });
  }
}

export async function directoryNote(): Promise<string> {
  return (await ask("/api/v1/directory", {})).text();
}

export async function tellAll<T>(path: string): Promise<T> {
  return (await (await ask(path, {})).json()) as T;
}
