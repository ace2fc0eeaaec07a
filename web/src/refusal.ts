// Why something was not done. A code, never a word of what somebody wrote.

export type RefusalCode =
  | "json-shape"
  | "json-unknown-key"
  | "json-missing-key"
  | "json-duplicate-key"
  | "sealed-shape"
  | "sealed-key"
  | "frame-shape"
  | "frame-place"
  | "frame-content"
  | "frame-signer"
  | "grant-place"
  | "statement-signature"
  | "statement-chain"
  | "statement-part"
  | "statement-grant"
  | "statement-facets"
  | "closure"
  | "directory-board"
  | "directory-unpinned"
  | "directory-stale"
  | "directory-unknown"
  | "envelope-shape"
  | "tables-stale"
  | "key-file"
  | "wrap-place"
  | "signed-out"
  | "nothing-chosen"
  | "nothing-verified"
  | "storage"
  | "storage-full"
  | "file-too-large"
  | "sealing"
  | "receipt-unknown"
  | "too-large"
  | "unreachable"
  | "server";

export class Refusal extends Error {
  override readonly name = "Refusal";

  /** `told` is what the server said of it: what is so and what to do next, in the reader's language. */
  constructor(
    readonly code: RefusalCode,
    readonly told = "",
  ) {
    super(code);
  }
}

/** By its name: a page that is one file has a copy of this class beside the one of the pieces it loads later. */
export const isRefusal = (cause: unknown): cause is Refusal => cause instanceof Error && cause.name === "Refusal";

export const codeOf = (cause: unknown): RefusalCode => (isRefusal(cause) ? cause.code : "server");
