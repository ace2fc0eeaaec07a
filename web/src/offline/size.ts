// Sizes: the largest there may be, and any in words.

import { word } from "../page.ts";

/** What one report may carry in one file. */
export const MOST_BYTES = 2_000_000_000;

const KIB = 1024;

/** A size as a person reads it, in the page's language: in whole numbers, because each language parts them its own way. */
export const sizeInWords = (bytes: number): string =>
  bytes < 10 * KIB ** 2
    ? word("offline-size-kilo", { size: Math.max(1, Math.round(bytes / KIB)) })
    : word("offline-size-mega", { size: Math.round(bytes / KIB ** 2) });
