// An organisation's filing link on this phone: under the key that forgets, and never sent with a report that accuses the organisation.

import { close, disclose, forget } from "./drafts.ts";

const NAME = "link";

export interface FilingLink {
  institution: string;
  /** 64 hexadecimal digits. */
  secret: string;
}

/** Reads what stands after the `#` of a link's address (docs/formats.md). */
export function readLink(fragment: string): FilingLink | null {
  const [, institution, secret] = /^#?([A-Z0-9-]{2,40})\.([0-9a-f]{64})$/.exec(fragment) ?? [];
  return institution !== undefined && secret !== undefined ? { institution, secret } : null;
}

export const keepLink = (link: FilingLink): Promise<void> => close("draft", NAME, link);

export const heldLink = (): Promise<FilingLink | undefined> => disclose<FilingLink>("draft", NAME);

export const forgetLink = (): Promise<void> => forget(NAME);
