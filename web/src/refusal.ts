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
  | "storage"
  | "storage-full"
  | "file-too-large"
  | "sealing"
  | "receipt-unknown"
  | "too-large"
  | "unreachable"
  | "server";

export class Refusal extends Error {
  constructor(readonly code: RefusalCode) {
    super(code);
  }
}

export const codeOf = (cause: unknown): RefusalCode => (cause instanceof Refusal ? cause.code : "server");
