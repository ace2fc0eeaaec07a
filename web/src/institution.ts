// What institutions are called: the server's own pages and its scripts say the same, because both have it from there.

import { listed, word } from "./page.ts";

/** Its name in the page's language once the later words are there (`form/later.ts`); else what the caller knows, or its code. */
export function institutionName(code: string, otherwise = code): string {
  const key = `institution-${code}`;
  const name = word(key);
  return name === key ? otherwise : name;
}

/** Who was not given a report after all. */
export const withheldFrom = (codes: readonly string[]): string =>
  word("offline-withheld", { names: listed(codes.map((code) => institutionName(code))) });
