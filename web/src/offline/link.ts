// Setting this phone up for an organisation. The secret stands in the fragment, which no browser sends, and leaves the address at once.

import { bringWords } from "../form/later.ts";
import { institutionName } from "../institution.ts";
import { ready, word } from "../page.ts";
import { type FilingLink, forgetLink, heldLink, keepLink, readLink } from "./filing-link.ts";

const offered = readLink(location.hash);
// Whoever looks at the address, or goes back to it, finds no secret.
history.replaceState(null, "", location.pathname);
// Pasted into the tab that shows this page already: read it as if it had been opened.
addEventListener("hashchange", () => location.reload());

const part = (id: string): HTMLElement => document.getElementById(id) ?? document.createElement("div");

function show(sentence: string, id?: "offered" | "held"): void {
  for (const one of ["offered", "held"]) part(one).hidden = one !== id;
  part("code").replaceChildren();
  part("status").textContent = sentence;
}

async function use(link: FilingLink): Promise<void> {
  try {
    await keepLink(link);
    await held(link);
  } catch {
    show(word("link-not-kept"), "offered");
  }
}

async function held(link: FilingLink): Promise<void> {
  show(word("link-held", { institution: await nameOf(link.institution) }), "held");
  part("show").onclick = () => void picture(link);
}

async function forget(): Promise<void> {
  await forgetLink();
  show(word("link-forgotten"));
}

/** Another worker's phone reads it off this one's screen: two minutes, no message sent. */
async function picture({ institution, secret }: FilingLink): Promise<void> {
  const { drawCode } = await import("../qr.ts");
  part("code").replaceChildren(drawCode(`${location.origin}${location.pathname}#${institution}.${secret}`, word("link-code")));
}

/** The organisation's name as this page's reader knows it; its code where the list is out of reach. */
async function nameOf(institution: string): Promise<string> {
  await bringWords().catch(() => undefined);
  return institutionName(institution);
}

async function begin(): Promise<void> {
  part("forget").onclick = () => void forget();
  const before = await heldLink().catch(() => undefined);
  if (offered) {
    part("use").onclick = () => void use(offered);
    show(word("link-offered", { institution: await nameOf(offered.institution) }), "offered");
  } else if (before) await held(before);
  else show(word("link-none"));
  ready();
}

void begin();
