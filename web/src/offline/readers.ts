// When those read to whom sealed reports were sealed: what the statement says in the clear, and the hours the readers declared.

import { readEnvelope } from "../envelope.ts";
import type { Book } from "../form/book.ts";
import { whenRead } from "../form/hours.ts";
import { bringWords } from "../form/later.ts";
import { withheldFrom } from "../institution.ts";
import { numerals, word } from "../page.ts";
import type { Statement } from "../statement.ts";
import type { SealedReport } from "./reports.ts";

const READERS = "/api/v1/readers";

/** Who reads a sealed report as soon as it arrives; nobody, when it is held for the receipt alone. */
function readerOf({ envelope }: SealedReport): string | undefined {
  const { grants } = JSON.parse(readEnvelope(envelope).statement) as Statement;
  return grants.find(({ to, when }) => to !== "receipt" && when === "now")?.to;
}

/** One sentence for each who reads any of them; the list of hours lies in the shell, so that this works without network. */
export async function whenTheyRead(waiting: readonly SealedReport[]): Promise<string> {
  const readers = new Set(waiting.flatMap((one) => readerOf(one) ?? []));
  if (readers.size === 0) return "";
  const { desks } = (await (await fetch(READERS, { credentials: "omit" })).json()) as Pick<Book, "desks">;
  return [...new Set([...readers].map((code) => whenRead(desks[code], Date.now(), { word, numerals })))].join(" ");
}

/** Who was not given it after all; by their codes where the list is out of reach. */
export async function withheldInWords(codes: readonly string[]): Promise<string> {
  await bringWords().catch(() => undefined);
  return withheldFrom(codes);
}
