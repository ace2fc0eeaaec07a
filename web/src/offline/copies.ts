// For photos and PDFs a copy without traces is offered beside what was chosen; of a picture, so little that it is known again.

import { Refusal } from "../refusal.ts";
import { scriptAddress } from "../trusted.ts";
import type { Copied } from "./copier.ts";
import * as photo from "./strip.ts";

/** The worker's address, known when the pages are built. */
declare const PUTOKAZ_COPIER: string;

const PDF = "%PDF-";
/** Readers look for the mark this far. */
const PDF_BEGIN = 1024;

export async function isPdf(content: Blob): Promise<boolean> {
  return (await content.slice(0, PDF_BEGIN).text()).includes(PDF);
}

/** A copy without traces, or nothing where there is none to offer. */
export async function copyOf(content: Blob): Promise<Blob | undefined> {
  if (!(await isPdf(content))) return photo.strip(content);
  return content.size > photo.MOST_BYTES ? undefined : copyOfPdf(content);
}

function copyOfPdf(content: Blob): Promise<Blob | undefined> {
  const worker = new Worker(scriptAddress(PUTOKAZ_COPIER));
  const copied = new Promise<Blob | undefined>((resolve, reject) => {
    worker.onerror = () => reject(new Refusal("sealing"));
    worker.onmessage = ({ data }: MessageEvent<Copied>) => resolve(data ? new Blob([data], { type: "application/pdf" }) : undefined);
    worker.postMessage(content);
  });
  return copied.finally(() => worker.terminate());
}

const PREVIEW_PIXELS = 12;

/** A picture of a few coloured fields: enough to know which photo it is, too little to hurt. None for what is no picture. */
export async function preview(content: Blob): Promise<HTMLCanvasElement | undefined> {
  try {
    const picture = await createImageBitmap(content, { resizeWidth: PREVIEW_PIXELS, resizeQuality: "medium" });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    picture.close();
    return canvas;
  } catch {
    return undefined;
  }
}
