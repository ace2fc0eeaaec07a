// A QR code as a drawing: no canvas, no image data, nothing to load.

import { encode } from "uqr";

const NAMESPACE = "http://www.w3.org/2000/svg";
/** Quiet zone around the code, in modules, as ISO/IEC 18004 asks. */
const QUIET = 4;

/** Draws a text; `label` is what somebody hears who does not see it. Digits alone stay small and coarse enough for a bad printer. */
export function drawCode(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { ecc: "Q", border: QUIET });
  const dots = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  const drawn = document.createElementNS(NAMESPACE, "svg");
  const path = document.createElementNS(NAMESPACE, "path");
  path.setAttribute("d", dots.join(""));
  drawn.setAttribute("viewBox", `0 0 ${size} ${size}`);
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", label);
  drawn.append(path);
  return drawn;
}
