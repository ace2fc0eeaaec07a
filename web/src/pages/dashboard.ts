// What every page of the dashboard starts with: which page it is, who is here, and when nobody is any more.

import { endSession } from "../server.ts";
import { DatabaseSlot, Session } from "../session.ts";
import { showCase } from "./case.ts";
import { askWord, onActs, tell } from "./page.ts";
import { prepareReferral } from "./refer.ts";
import { offerSignIn } from "./sign-in.ts";

const CHECK_MILLISECONDS = 15_000;
const session = new Session(new DatabaseSlot(), () => Date.now());
const page = document.querySelector<HTMLMetaElement>('meta[name="page"]')?.content;

async function leave(): Promise<void> {
  await session.end();
  await endSession().catch(() => undefined);
  location.assign("/sign-in");
}

function watch(): void {
  document.getElementById("sign-out")?.addEventListener("click", () => void leave());
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => void session.touch(), { passive: true });
  }
  setInterval(() => void session.idle().then((idle) => (idle ? leave() : undefined)), CHECK_MILLISECONDS);
}

async function start(): Promise<void> {
  if (page === "sign-in") return offerSignIn(session);
  watch();
  if (await session.idle()) return leave();
  await session.touch();
  if (page === "case") await showCase(session, onActs);
  if (page === "refer") await prepareReferral(session, onActs);
}

start()
  .then(() => document.documentElement.setAttribute("data-ready", ""))
  .catch((cause: unknown) => tell(askWord(cause)));
