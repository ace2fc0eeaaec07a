// Keeps trying while a page is open: whatever waits goes as soon as there is a way, without a touch.

import { ask } from "./answer.ts";
import { CHANNEL } from "./channel.ts";
import { type News, type Round, sendAll, type Tell } from "./sync.ts";

/** Browsers say late, or never, that there is network again. */
const NETWORK_SECONDS = 3;
const ELSEWHERE_SECONDS = 5;

export interface Line {
  /** Tries now. */
  send(): void;
}

/** `tell` hears everything: what this page sends, other tabs, and the service worker. */
export function openLine(tell: Tell): Line {
  const channel = new BroadcastChannel(CHANNEL);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  const spread = (news: News): void => {
    channel.postMessage(news);
    tell(news);
  };
  const send = (): void => {
    clearTimeout(timer);
    if (busy) return;
    busy = true;
    void round(spread).then((seconds) => {
      busy = false;
      if (seconds !== undefined) timer = setTimeout(send, seconds * 1000);
    });
  };
  channel.onmessage = ({ data }: MessageEvent<News>) => tell(data);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
  send();
  return { send };
}

async function round(tell: Tell): Promise<number | undefined> {
  const end = await sendAll(ask, tell).catch(never);
  if (end.kind === "done") return undefined;
  return end.kind === "elsewhere" ? ELSEWHERE_SECONDS : (end.seconds ?? NETWORK_SECONDS);
}

/** The phone's own storage failed: what waits is still there, and is tried again. */
const never = (): Round => ({ kind: "later", seconds: 30 });
