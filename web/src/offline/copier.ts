// The web worker that makes copies of PDFs without traces: loaded where one is chosen, and nowhere before. It knows no network.

import { stripPdf } from "./strip-pdf.ts";

/** The copy, or nothing where none can be made. */
export type Copied = Uint8Array<ArrayBuffer> | null;

interface Scope {
  postMessage(copied: Copied): void;
  addEventListener(kind: "message", hear: (event: MessageEvent<Blob>) => void): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener("message", ({ data }) => {
  data.arrayBuffer().then((bytes) => stripPdf(new Uint8Array(bytes))).then(
    (copy) => scope.postMessage(copy as Uint8Array<ArrayBuffer>),
    () => scope.postMessage(null),
  );
});
