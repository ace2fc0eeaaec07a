import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

/** What the browser keeps, by name of the shelf and path. */
const shelves = new Map<string, Map<string, Response>>();
/** What the server answers now, by path; nothing: no network. */
let server: Map<string, string> | undefined;

const pathOf = (asked: Request | string): string => (typeof asked === "string" ? asked : new URL(asked.url).pathname);

function shelf(name: string): object {
  const kept = shelves.get(name) ?? new Map<string, Response>();
  shelves.set(name, kept);
  return {
    match: async (path: Request | string) => kept.get(pathOf(path))?.clone(),
    put: async (path: string, answer: Response) => void kept.set(path, answer),
    add: async (asked: Request) => void kept.set(pathOf(asked), await answer(asked)),
    keys: async () => [...kept.keys()].map((path) => ({ url: `http://phone${path}` })),
  };
}

async function answer(asked: Request): Promise<Response> {
  if (!server) throw new TypeError("no network");
  assert.equal(asked.credentials, "omit", "what is kept is asked for as nobody");
  const body = server.get(pathOf(asked));
  if (body === undefined) return new Response("", { status: 404 });
  const type = body.startsWith("<") ? "text/html; charset=utf-8" : "application/json";
  return new Response(body, { headers: { "content-type": type } });
}

class LocalRequest extends Request {
  constructor(path: string, init: RequestInit) {
    super(new URL(path, "http://phone"), init);
  }
}

Object.assign(globalThis, {
  PUTOKAZ_ASSETS: ["/assets/form-NEW.js", "/assets/seal-NEW.js"],
  PUTOKAZ_VERSION: "new",
  Request: LocalRequest,
  fetch: answer,
  caches: { open: async (name: string) => shelf(name), keys: async () => [...shelves.keys()], delete: async (name: string) => shelves.delete(name) },
});
const { fill, fillLanguage, forgetFormer, hasFormer, isList, kept, languages, pageOf, refresh } = await import("../src/offline/shell.ts");

const page = (script: string): string => `<html><script src="/assets/${script}.js"></script></html>`;
const PAGES = ["", "report", "child", "residents", "another", "quick", "choices", "waiting", "receipt", "leaving", "manifest.webmanifest"];

function serve(script: string): Map<string, string> {
  const lists = ["directory", "tables", "readers"].map((list) => [`/api/v1/${list}`, "{}"] as const);
  const pages = ["en", "fa", "sr-Latn"].flatMap((language) => PAGES.map((name) => [`/${language}/${name}`, page(script)] as const));
  const words = ["en", "fa"].map((language) => [`/api/v1/words/${language}`, "{}"] as const);
  return new Map([...lists, ...words, ...pages, ["/assets/form-NEW.js", "1"], ["/assets/seal-NEW.js", "2"]]);
}

beforeEach(() => {
  shelves.clear();
  server = serve("form-NEW");
});

test("installed in one language, its pages, all code and the lists open without network", async () => {
  await fill(["fa"]);
  server = undefined;
  for (const path of ["/fa/", "/fa/quick", "/fa/report", "/assets/seal-NEW.js", "/api/v1/directory", "/api/v1/readers", "/api/v1/words/fa"]) {
    assert.ok(await kept(path), path);
  }
  assert.equal(await kept("/en/quick"), undefined);
  await fillLanguage("fa");
  assert.deepEqual(await languages(), ["fa"]);
});

test("an update that is not whole is not installed, and the former version still answers", async () => {
  shelves.set("putokaz-former", new Map([["/en/quick", new Response(page("form-OLD"))]]));
  server = serve("form-NEWER");
  await assert.rejects(fill(["en"]), /another version/);
  assert.ok(shelves.get("putokaz-former")?.has("/en/quick"));
});

test("a version beside which another lies is an update", async () => {
  await fill(["en"]);
  assert.equal(await hasFormer(), false);
  shelves.set("putokaz-former", new Map());
  assert.equal(await hasFormer(), true);
});

test("a page of another version never takes the place of one whose code lies here", async () => {
  await fill(["en"]);
  server = serve("form-NEWER");
  assert.equal(await refresh("/en/quick"), false);
  assert.equal(await (await kept("/en/quick"))?.text(), page("form-NEW"));
});

test("a version that answers forgets the former ones, and knows in which languages they were read", async () => {
  shelves.set("putokaz-former", new Map([["/sr-Latn/quick", new Response(page("form-OLD"))]]));
  shelves.set("another-page-of-this-host", new Map());
  assert.deepEqual(await languages(), ["sr-Latn"]);
  await fill(await languages());
  await forgetFormer();
  assert.deepEqual([...shelves.keys()].sort(), ["another-page-of-this-host", "putokaz-new"]);
  assert.ok(await kept("/sr-Latn/quick"));
});

test("only empty pages and public lists are kept", () => {
  for (const path of ["/en/", "/sr-Cyrl/waiting"]) assert.ok(pageOf(path), path);
  for (const path of ["/", "/en", "/en/plain", "/en/link", "/en/import", "/en/plain/receipt", "/api/v1/receipt"]) assert.equal(pageOf(path), undefined, path);
  for (const path of ["/api/v1/receipt", "/api/v1/reports", "/api/v1/directoryx"]) assert.equal(isList(path), false, path);
});
