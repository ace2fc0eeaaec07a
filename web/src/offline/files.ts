// Files of a report: sealed in a worker as they are.

import type { Place } from "../frame.ts";
import { Refusal, type RefusalCode } from "../refusal.ts";
import { scriptAddress } from "../trusted.ts";
import { MOST_BYTES } from "./size.ts";
import type { Word } from "./sealer.ts";
import type { Progress, SealedFile } from "./stream.ts";

export type { SealedFile } from "./stream.ts";

/** The worker's address, known when the pages are built. */
declare const PUTOKAZ_SEALER: string;

/** Seals one file, untouched, as this part. Refuses rather than sealing half. */
export function sealFile(place: Place, content: Blob, told: Progress = () => undefined): Promise<SealedFile> {
  if (content.size > MOST_BYTES) return Promise.reject(new Refusal("file-too-large"));
  const worker = new Worker(scriptAddress(PUTOKAZ_SEALER));
  const sealed = new Promise<SealedFile>((resolve, reject) => {
    worker.onerror = () => reject(new Refusal("sealing"));
    worker.onmessage = ({ data }: MessageEvent<Word>) => {
      if ("progress" in data) told(data.progress);
      else if ("sealed" in data) resolve(data.sealed);
      else reject(new Refusal(data.refused as RefusalCode));
    };
    worker.postMessage({ place, content });
  });
  return sealed.finally(() => worker.terminate());
}
