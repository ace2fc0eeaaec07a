// Begins the receipt page. Digits are checked at once; what opens is loaded while they are typed. Nothing is kept on this device.

import { ready, word } from "../page.ts";
import { codeOf } from "../refusal.ts";
import { DigitBoxes } from "./digits.ts";
import { at, refusalWord } from "./dom.ts";

const IDLE_MILLISECONDS = 15 * 60 * 1000;
const CHECK_MILLISECONDS = 15_000;

const form = at<HTMLFormElement>("digits");
const boxes = new DigitBoxes(form);
const open = (): Promise<typeof import("./open.ts")> => import("./open.ts");
let typed = "";
let seen = Date.now();
/** What is still being opened when the person leaves is neither shown nor remembered. */
let left = false;

/** Forgetting is leaving: everything opened lives in this page's memory and nowhere else. */
function forget(): void {
  left = true;
  typed = "";
  boxes.clear();
  document.querySelector("main")?.replaceChildren();
  location.replace(location.pathname);
}

async function begin(digits: string): Promise<void> {
  at("status").textContent = word("thread-opening");
  try {
    await (await open()).openThread(digits);
    if (left) return;
    typed = digits;
    boxes.clear();
  } catch (cause) {
    if (!left) at("status").textContent = refusalWord(codeOf(cause));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { state, digits } = boxes.read();
  if (state === "good") void begin(digits);
  else boxes.focus();
});
at("card-make").addEventListener("click", () => void import("./card.ts").then(({ showCard }) => showCard(typed)));
at("close").addEventListener("click", forget);

for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => (seen = Date.now()), { passive: true });
}
setInterval(() => {
  const holds = typed !== "" || boxes.read().state !== "empty";
  if (holds && Date.now() - seen > IDLE_MILLISECONDS) forget();
}, CHECK_MILLISECONDS);
addEventListener("pagehide", () => {
  typed = "";
  boxes.clear();
});
// A page that comes back out of the browser's memory begins anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) forget();
});

form.addEventListener("input", () => void open().catch(() => undefined), { once: true });
ready();
