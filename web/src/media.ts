// What a file's first bytes say it is, of what a page may show or play. Anything else is only saved: the browser never guesses.

export type Shown = readonly [media: string, tag: "img" | "video" | "audio"];

const MAGIC: readonly [number[], Shown][] = [
  [[0xff, 0xd8, 0xff], ["image/jpeg", "img"]],
  [[0x89, 0x50, 0x4e, 0x47], ["image/png", "img"]],
  [[0x1a, 0x45, 0xdf, 0xa3], ["video/webm", "video"]],
  [[0x4f, 0x67, 0x67, 0x53], ["audio/ogg", "audio"]],
  [[0x49, 0x44, 0x33], ["audio/mpeg", "audio"]],
];
/** Where WebM names its codecs: a film's begin with `V_` (Matroska, "Codec Mappings"). */
const HEAD = 4096;

export function shownAs(content: Uint8Array): Shown | undefined {
  const known = MAGIC.find(([bytes]) => bytes.every((byte, at) => content[at] === byte))?.[1];
  const head = String.fromCharCode(...content.subarray(0, HEAD));
  if (known?.[0] === "video/webm") return /V_(VP|AV1|MPEG)/.test(head) ? known : ["audio/webm", "audio"];
  if (known || head.slice(4, 8) !== "ftyp") return known;
  return head.startsWith("M4A", 8) ? ["audio/mp4", "audio"] : ["video/mp4", "video"];
}
