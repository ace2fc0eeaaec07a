// What the form says after its first question, what institutions are called, and the everyday words acts are found by: one list a
// language, fetched once.

import { learn } from "../page.ts";
import { Refusal } from "../refusal.ts";

/** `GET /api/v1/words/{language}`. */
interface Later {
  sentences: Record<string, string>;
  /** Act → words. */
  acts: Record<string, string>;
}

let brought: Promise<void> | undefined;

/** Asked again after it failed. */
export function bringWords(): Promise<void> {
  brought ??= bring();
  brought.catch(() => (brought = undefined));
  return brought;
}

async function bring(): Promise<void> {
  const answer = await fetch(`/api/v1/words/${document.documentElement.lang}`, { credentials: "omit" });
  if (!answer.ok) throw new Refusal("server");
  const { sentences, acts } = (await answer.json()) as Later;
  learn(sentences);
  for (const box of document.querySelectorAll<HTMLInputElement>('input[name="acts"]')) {
    const [words, label] = [acts[box.value], box.labels?.[0]];
    if (words !== undefined && label) label.dataset["words"] = words;
  }
}
