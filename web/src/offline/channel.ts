// How pages, tabs and the service worker speak with each other.

/** Carries `News` of what waits to every page that is open. */
export const CHANNEL = "putokaz-waiting";

/** What the service worker answers to `shared`. */
export interface SharedAnswer {
  files: File[];
}

/** Files another app shared a moment ago; none when the worker was stopped meanwhile. */
export function askForShared(): Promise<File[]> {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve([]);
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<SharedAnswer>) => resolve(data.files);
    worker.postMessage("shared", [port2]);
  });
}
