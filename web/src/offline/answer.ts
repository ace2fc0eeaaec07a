// What a server's answer means for something that waits: later, or no.

/** A request to our own server, cut off when nothing comes. */
export type Ask = (address: string, init?: RequestInit) => Promise<Response>;

/** No network, or the server is busy: nobody needs to do anything. */
export class Later extends Error {
  /** @param seconds before which asking again is of no use; absent when only the network is missing */
  constructor(readonly seconds?: number) {
    super("later");
  }
}

/** The server will say the same again: a person decides. */
export class Refused extends Error {
  /** @param code the server's own */
  constructor(readonly code: string) {
    super(code);
  }
}

const BUSY_SECONDS = 30;
const MOST_SECONDS = 3600;
/** The way there failed, not the report. */
const CUT = ["body-cut", "body-too-slow"];

export async function refusedBy(answer: Response): Promise<Later | Refused> {
  const code = await codeOf(answer);
  if (answer.status === 408 || CUT.includes(code)) return new Later();
  if (answer.status === 423 || answer.status === 429 || answer.status >= 500) return new Later(patience(answer));
  return new Refused(code);
}

function patience(answer: Response): number {
  const asked = Number(answer.headers.get("retry-after") ?? (answer.status === 423 ? 2 : BUSY_SECONDS));
  return Number.isFinite(asked) ? Math.min(Math.max(asked, 1), MOST_SECONDS) : BUSY_SECONDS;
}

async function codeOf(answer: Response): Promise<string> {
  try {
    const { code } = (await answer.json()) as { code?: unknown };
    if (typeof code === "string" && /^[a-z][a-z0-9-]{1,40}$/.test(code)) return code;
  } catch {
    // No problem document: something between us and the server answered.
  }
  return answer.status === 404 ? "not-found" : "server";
}

const STALLED_MILLISECONDS = 90_000;

/** The browser's way: nothing of the page's own travels with it. */
export const ask: Ask = async (address, init = {}) => {
  try {
    const signal = AbortSignal.timeout(STALLED_MILLISECONDS);
    return await fetch(address, { ...init, signal, credentials: "omit", cache: "no-store", redirect: "error" });
  } catch {
    throw new Later();
  }
};
