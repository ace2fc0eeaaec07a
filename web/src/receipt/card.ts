// A card to print: the digits and a picture of the same digits. No name, no logo, no address, no colour.

import { encode } from "uqr";
import { groupsOf } from "../form/digits.ts";
import { word } from "../page.ts";
import { element } from "./dom.ts";

const NAMESPACE = "http://www.w3.org/2000/svg";
/** Quiet zone around a QR code, in modules, as ISO/IEC 18004 asks. */
const QUIET = 4;

/** Shows the card over the page. What is printed is the card alone. */
export function showCard(digits: string): void {
  document.getElementById("card")?.remove();
  const print = element("button", word("thread-card-print"), { type: "button" });
  const away = element("button", word("thread-card-away"), { type: "button" });
  const groups = groupsOf(digits).map((group) => element("span", group));
  const face = element("div", [element("p", groups, { class: "groups", dir: "ltr" }), picture(digits)], { class: "face" });
  const card = element("dialog", [face, element("p", [print, " ", away], { class: "unprinted" })], { id: "card" });
  card.setAttribute("aria-label", word("thread-card"));
  print.addEventListener("click", () => window.print());
  away.addEventListener("click", () => card.close());
  card.addEventListener("close", () => card.remove());
  document.body.append(card);
  card.showModal();
}

/** The digits as a QR code; numeric, so that it stays small and coarse enough for a bad printer. */
function picture(digits: string): SVGElement {
  const { data, size } = encode(digits, { ecc: "Q", border: QUIET });
  const dots = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const drawn = document.createElementNS(NAMESPACE, "svg");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", dots.join(""));
  drawn.setAttribute("viewBox", `0 0 ${size} ${size}`);
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", word("thread-card-code"));
  drawn.append(path);
  return drawn;
}
