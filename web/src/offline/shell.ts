// What the service worker keeps: built code, empty pages and public lists, the same for everybody. Nothing of a person.

/** The built code, by address; a page that names other code belongs to another version. */
declare const PUTOKAZ_ASSETS: readonly string[];
declare const PUTOKAZ_VERSION: string;

const PREFIX = "putokaz-";
const NAME = `${PREFIX}${PUTOKAZ_VERSION}`;
const PAGES = ["", "report", "child", "residents", "another", "quick", "choices", "waiting", "receipt", "leaving"];
const PAGE = /^\/([a-z]{2}(?:-[A-Z][a-z]{3})?)\/([a-z]*)$/;
/** The directory, the tables and what institutions and places are called. */
const LISTS = ["directory", "tables", "readers", "places"].map((list) => `/api/v1/${list}`);

/** What the form says after its first question, by language. */
const WORDS = "/api/v1/words";

const MANIFEST = "manifest.webmanifest";
const open = (): Promise<Cache> => caches.open(NAME);

/** What a page address asks for, if it is one that is kept. */
export function pageOf(path: string): { language: string } | undefined {
  const [, language, page] = PAGE.exec(path) ?? [];
  return language !== undefined && page !== undefined && PAGES.includes(page) ? { language } : undefined;
}

/** Whether a path looks like one of our pages, kept or not. */
export const isPage = (path: string): boolean => PAGE.test(path);

export const isList = (path: string): boolean => [...LISTS, WORDS].some((list) => path === list || path.startsWith(`${list}/`));
export const isAsset = (path: string): boolean => PUTOKAZ_ASSETS.includes(path);

export async function kept(path: string): Promise<Response | undefined> {
  return (await open()).match(path);
}

/** All or nothing: a version that is not whole is not installed, and the former stays. */
export async function fill(languages: Iterable<string>): Promise<void> {
  const shelf = await open();
  const missing = await absent(shelf, PUTOKAZ_ASSETS);
  await Promise.all(missing.map((address) => shelf.add(plain(address))));
  for (const language of languages) await fillLanguage(language);
  for (const list of LISTS) await refresh(list);
}

export async function fillLanguage(language: string): Promise<void> {
  const shelf = await open();
  const pages = [...[...PAGES, MANIFEST].map((page) => `/${language}/${page}`), `${WORDS}/${language}`];
  for (const page of await absent(shelf, pages)) {
    if (!(await refresh(page))) throw new Error("another version");
  }
}

/** Fetches one page or list anew. False when the server has another version of the pages by now. */
export async function refresh(path: string): Promise<boolean> {
  const answer = await fetch(plain(path));
  // A list this server does not have is none the pages ask for.
  if (!answer.ok || answer.redirected) return answer.status === 404;
  if (!(await isOurs(answer.clone()))) return false;
  await (await open()).put(path, answer);
  return true;
}

async function isOurs(answer: Response): Promise<boolean> {
  if (!answer.headers.get("content-type")?.startsWith("text/html")) return true;
  const named = (await answer.text()).match(/\/assets\/[\w.-]+/g) ?? [];
  return named.every(isAsset);
}

/** Languages somebody here has read in, the one opened last at the end. */
export async function languages(): Promise<string[]> {
  const found = new Set<string>();
  for (const name of await ours()) {
    for (const { url } of await (await caches.open(name)).keys()) {
      const page = pageOf(new URL(url).pathname);
      if (page) found.add(page.language);
    }
  }
  return [...found];
}

/** Former versions go once this one answers. */
export async function forgetFormer(): Promise<void> {
  for (const name of await ours()) if (name !== NAME) await caches.delete(name);
}

/** Whether another version lies here: then this one is an update, and no visit begins with it. */
export const hasFormer = async (): Promise<boolean> => (await ours()).some((name) => name !== NAME);

/** This version goes: nobody asked for it to stay. */
export const forgetThis = (): Promise<boolean> => caches.delete(NAME);

const ours = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

async function absent(shelf: Cache, paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => shelf.match(path)));
  return paths.filter((_, at) => !found[at]);
}

/** Without anything of the browser's own: what is kept cannot be anybody's. */
const plain = (path: string): Request => new Request(path, { credentials: "omit", cache: "reload" });
