// A card to print: the digits and a picture of the same digits. No name, no logo, no address, no colour.

import { word } from "../page.ts";
import { element } from "./dom.ts";
import { groupsOf } from "./groups.ts";

/** Shows the card over the page. What is printed is the card alone. */
export async function showCard(digits: string): Promise<void> {
  const picture = await pictureOf(digits);
  document.getElementById("card")?.remove();
  const print = element("button", word("card-print"), { type: "button" });
  const away = element("button", word("card-away"), { type: "button" });
  const face = element("div", [element("p", groupsOf(digits), { class: "groups", dir: "ltr" }), ...picture], { class: "face" });
  const card = element("dialog", [face, element("p", [print, " ", away], { class: "unprinted" })], { id: "card" });
  card.setAttribute("aria-label", word("card-title"));
  print.addEventListener("click", () => window.print());
  away.addEventListener("click", () => card.close());
  card.addEventListener("close", () => card.remove());
  document.body.append(card);
  card.showModal();
}

/** Without the drawing's code, such as without network, the card still shows the digits. */
async function pictureOf(digits: string): Promise<SVGElement[]> {
  const code = await import("../qr.ts").catch(() => undefined);
  return code ? [code.drawCode(digits, word("card-code"))] : [];
}
