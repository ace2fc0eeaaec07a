// The service worker: pages without network, files shared from other apps, sending what waits.
// It never hurries an update: a page that is open goes on with the code it began with, and what waits lies elsewhere.

import { ask } from "./answer.ts";
import { CHANNEL, type SharedAnswer } from "./channel.ts";
import { fill, fillLanguage, forgetFormer, forgetThis, hasFormer, isAsset, isList, isPage, kept, languages, pageOf, refresh } from "./shell.ts";
import { sendAll } from "./sync.ts";

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Messaging extends Extendable {
  data: unknown;
  ports: readonly MessagePort[];
}

interface Syncing extends Extendable {
  tag: string;
}

interface Scope {
  addEventListener(kind: "install" | "activate", hear: (event: Extendable) => void): void;
  addEventListener(kind: "fetch", hear: (event: Fetching) => void): void;
  addEventListener(kind: "message", hear: (event: Messaging) => void): void;
  addEventListener(kind: "sync", hear: (event: Syncing) => void): void;
  clients: { claim(): Promise<void>; matchAll(about: { includeUncontrolled: boolean }): Promise<{ url: string }[]> };
  registration: { update(): Promise<unknown> };
}

const scope = globalThis as unknown as Scope;

/** Files another app shared, until the page that opens asks for them: in memory, never laid down. */
let shared: File[] = [];

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(forgetFormer().then(() => scope.clients.claim())));
scope.addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});
scope.addEventListener("message", ({ data, ports: [port] }) => {
  if (data !== "shared") return;
  port?.postMessage({ files: shared } satisfies SharedAnswer);
  shared = [];
});
scope.addEventListener("sync", (event) => event.waitUntil(sendWhatWaits()));

/** Addresses of the pages that are open. */
async function opened(): Promise<string[]> {
  const pages = await scope.clients.matchAll({ includeUncontrolled: true });
  return pages.map(({ url }) => new URL(url).pathname);
}

async function install(): Promise<void> {
  const read = (await opened()).flatMap((path) => pageOf(path)?.language ?? []);
  await fill(new Set([...(await languages()), ...read]));
  if ((await opened()).some(isPage) || (await hasFormer())) return;
  // Whoever began this has left, and leaving clears former versions too: nothing of it stays.
  await forgetThis();
  throw new Error("left");
}

function answerTo(event: Fetching): Promise<Response> | undefined {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return undefined;
  if (request.method === "POST" && pathname === "/share") return takeShared(request);
  if (request.method !== "GET") return undefined;
  if (isAsset(pathname)) return keptOr(pathname, () => fetch(request));
  if (isList(pathname) || pathname.endsWith(".webmanifest")) return staleFirst(event, pathname);
  return request.mode === "navigate" ? open(event, pathname) : undefined;
}

const keptOr = async (path: string, otherwise: () => Promise<Response>): Promise<Response> =>
  (await kept(path)) ?? otherwise();

/** What is kept answers at once, and is fetched anew for the next time. */
function staleFirst(event: Fetching, path: string): Promise<Response> {
  return keptOr(path, () => fetch(event.request)).finally(() => event.waitUntil(freshen(path)));
}

async function freshen(path: string): Promise<void> {
  const same = await refresh(path).catch(() => true);
  if (!same) await scope.registration.update().catch(() => undefined);
}

async function open(event: Fetching, path: string): Promise<Response> {
  const page = pageOf(path);
  if (page) {
    event.waitUntil(fillLanguage(page.language).catch(() => undefined));
    return staleFirst(event, path);
  }
  return fetch(event.request).catch(home);
}

/** A page that is not kept, without network: the start page is, in some language. */
async function home(): Promise<Response> {
  const language = await preferred();
  return language === undefined ? Response.error() : Response.redirect(`/${language}/`, 302);
}

async function preferred(): Promise<string | undefined> {
  const read = await languages();
  const wanted = navigator.languages.map((tag) => read.find((language) => tag === language || tag.startsWith(`${language}-`)));
  return wanted.find((language) => language !== undefined) ?? read.at(-1);
}

/** Another app shares files. They are handed to a page, which seals them onto the report just sealed. */
async function takeShared(request: Request): Promise<Response> {
  const form = await request.formData().catch(() => new FormData());
  shared = form.getAll("file").filter((one) => one instanceof File);
  return Response.redirect(`/${(await preferred()) ?? "en"}/waiting#shared`, 303);
}

/** The browser found network while no page was open. */
async function sendWhatWaits(): Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  const { kind } = await sendAll(ask, (news) => channel.postMessage(news));
  channel.close();
  // Refusing the event makes the browser come back by itself.
  if (kind === "later") throw new Error("later");
}
