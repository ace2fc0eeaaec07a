// What a filing stands on: the signed directory, the tables, and the public part of the registry.

import { pinnedBoard } from "../board.ts";
import { type Age, ageOf, type Directory, readDirectory } from "../directory.ts";
import { Refusal } from "../refusal.ts";
import type { Book } from "./book.ts";
import type { Tables } from "./tables.ts";

export interface Ground {
  directory: Directory;
  tables: Tables;
  book: Book;
  /** The directory's, by this device's clock: where it is not current whoever files is told so. */
  age: Exclude<Age, "wrong">;
}

/** Fetches and checks everything; refuses a directory that the pinned board did not sign, or that says to be good for too long. */
export async function groundOf(today: string): Promise<Ground> {
  const [note, tables, book] = await Promise.all([
    get("/api/v1/directory").then((answer) => answer.text()),
    json<Tables>("/api/v1/tables"),
    json<Book>("/api/v1/readers"),
  ]);
  const directory = readDirectory(note, pinnedBoard());
  const age = ageOf(directory, today);
  if (age === "wrong") throw new Refusal("directory-stale");
  // A copy from before an update: ask again, past every cache.
  const current = tables.taxonomy === directory.taxonomy ? tables : await json<Tables>("/api/v1/tables", "reload");
  if (current.taxonomy !== directory.taxonomy) throw new Refusal("tables-stale");
  return { directory, tables: current, book, age };
}

async function get(address: string, cache: RequestCache = "default"): Promise<Response> {
  const answer = await fetch(address, { cache, credentials: "omit" });
  if (!answer.ok) throw new Refusal("server");
  return answer;
}

const json = async <T>(address: string, cache?: RequestCache): Promise<T> => (await (await get(address, cache)).json()) as T;
