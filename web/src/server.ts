// The members' interface of the server, as docs/api.md and docs/dashboard.md give it.

import { CONTENT_TYPE } from "./envelope.ts";
import type { Tables } from "./form/tables.ts";
import type { Filed } from "./opening.ts";
import { Refusal } from "./refusal.ts";

export interface CasePart {
  part: string;
  grant?: { file: string; purpose: string };
}

export interface CaseAnswer {
  report: string;
  /** Asked with a note alone: everything else is kept back. */
  least?: boolean;
  /** The day of filing. */
  filed: string;
  /** What the server shows without opening: the facets in force. */
  facets: string;
  parts: CasePart[];
  statements: Filed[];
}

export interface SessionAnswer {
  token: string;
  /** Absent for a role that opens no report. */
  wrap?: string;
  /** What the institution's newest identity opens: the earlier ones. */
  former?: string[];
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    const headers = { ...(init.headers as Record<string, string>), ...language() };
    response = await fetch(path, { ...init, headers, credentials: "same-origin", cache: "no-store", redirect: "error" });
  } catch {
    throw new Refusal("server");
  }
  if (response.status === 401) throw new Refusal("signed-out");
  if (!response.ok) throw new Refusal("server", await problem(response));
  return response;
}

/** Refusals are told in the language of the page, whatever the browser asks for elsewhere. */
function language(): Record<string, string> {
  const lang = globalThis.document?.documentElement.lang;
  return lang ? { "accept-language": lang } : {};
}

/** What a problem says: what is so, and what to do next. Nothing, where the answer is none of ours. */
async function problem(response: Response): Promise<string> {
  if (response.headers.get("content-type") !== "application/problem+json") return "";
  const { title, detail } = (await response.json().catch(() => ({}))) as { title?: unknown; detail?: unknown };
  return [title, detail].filter((text): text is string => typeof text === "string").join(" ");
}

const post = (path: string, body: object): Promise<Response> =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

export async function challenge(): Promise<string> {
  const answer = (await (await post("/api/v1/session/challenge", {})).json()) as { challenge: string };
  return answer.challenge;
}

export async function beginSession(proof: object): Promise<SessionAnswer> {
  return (await (await post("/api/v1/session", proof)).json()) as SessionAnswer;
}

export const endSession = (): Promise<Response> => ask("/api/v1/session", { method: "DELETE" });

export async function directoryNote(): Promise<string> {
  return (await ask("/api/v1/directory")).text();
}

/** What the projection runs on. */
export async function tables(): Promise<Tables> {
  return (await (await ask("/api/v1/tables")).json()) as Tables;
}

/** The country's lists, for the words that stand for codes. */
export async function country(language: string): Promise<unknown> {
  return (await ask(`/api/v1/country/${language}`)).json();
}

export async function readCase(report: string): Promise<CaseAnswer> {
  return (await (await ask(`/api/v1/reports/${report}`)).json()) as CaseAnswer;
}

export async function sealedPart(report: string, part: string): Promise<Uint8Array> {
  return new Uint8Array(await (await ask(`/api/v1/reports/${report}/parts/${part}`)).arrayBuffer());
}

export async function state(report: string, envelope: Uint8Array): Promise<void> {
  const body = envelope as Uint8Array<ArrayBuffer>;
  await ask(`/api/v1/reports/${report}/statements`, { method: "POST", headers: { "content-type": CONTENT_TYPE }, body });
}
