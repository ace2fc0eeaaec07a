// The web worker that seals files, so that the page stays alive meanwhile. It knows no network.

import type { Place } from "../frame.ts";
import { codeOf } from "../refusal.ts";
import { type SealedFile, sealBlob } from "./stream.ts";

export interface Order {
  place: Place;
  content: Blob;
}

export type Word = { progress: number } | { sealed: SealedFile } | { refused: string };

interface Scope {
  postMessage(word: Word): void;
  addEventListener(kind: "message", hear: (event: MessageEvent<Order>) => void): void;
}

const scope = globalThis as unknown as Scope;

scope.addEventListener("message", ({ data: { place, content } }) => {
  sealBlob(place, content, (progress) => scope.postMessage({ progress })).then(
    (sealed) => scope.postMessage({ sealed }),
    (cause: unknown) => scope.postMessage({ refused: codeOf(cause) }),
  );
});
