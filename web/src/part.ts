// Names of parts, and the buckets their frames are padded to.

import { Refusal } from "./refusal.ts";

const NAME = /^(?:identity|account|coding|authority|(?:evidence|message|translation|note|coding)\/[1-9][0-9]{0,3})$/;
const TEXT_BUCKETS = [16, 64, 256].map((kib) => kib * 1024);
const FILE_FLOOR = 64 * 1024;

export const isPartName = (name: string): boolean => NAME.test(name);
export const kindOf = (name: string): string => name.split("/")[0] ?? name;

export const numberOf = (name: string): number => Number(name.split("/")[1] ?? 0);

/** The padded size of a frame of `size` bytes. */
export function bucket(part: string, size: number): number {
  if (kindOf(part) === "evidence") return Math.max(FILE_FLOOR, padme(size));
  const found = TEXT_BUCKETS.find((limit) => size <= limit);
  if (found === undefined) throw new Refusal("frame-shape");
  return found;
}

/** Padmé: at most 12 % more, and only the floating-point-like leading bits of the size can be seen. */
function padme(size: number): number {
  if (size < 2) return size;
  const exponent = Math.floor(Math.log2(size));
  const shown = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - shown);
  return Math.ceil(size / step) * step;
}
