// Everyday words in every language, and the act they must lead to (everyday-words.json).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "smol-toml";
import { fitting } from "../src/form/letters.ts";

declare const PUTOKAZ_WEB: string;

type Texts = Record<string, string>;
interface Labels {
  labels: { act: Texts; category?: Texts };
  words: Record<string, string[]>;
}

const read = (path: string): string => readFileSync(join(PUTOKAZ_WEB, path), "utf8");
const table = JSON.parse(read("test/everyday-words.json")) as Record<string, Record<string, string[]>>;
const LANGUAGES = ["en", "bs", "hr", "sr-Latn", "sr-Cyrl", "es", "fr", "ar", "fa", "ps", "ur", "tr"];
/** More than this nobody reads through. */
const MOST = 14;

const taxonomy = parse(read("../config/taxonomy.toml")) as unknown as { category: { code: string; label: string }[] };
const english: Texts = Object.fromEntries(taxonomy.category.map(({ code, label }) => [code, label]));

for (const language of LANGUAGES) {
  test(`everyday words lead to their act: ${language}`, () => {
    const { labels, words } = parse(read(`../config/labels/${language}.toml`)) as unknown as Labels;
    const acts = Object.keys(labels.act);
    const texts = acts.map((act) => {
      const category = act.split("-", 1)[0] ?? "";
      return [labels.act[act], ...(words[act] ?? []), labels.category?.[category] ?? english[category]].join(" ");
    });
    const lost = Object.entries(table).flatMap(([act, all]) => {
      const typed = all[language] ?? [];
      assert.ok(typed.length > 0, `${act} has no everyday word`);
      return typed.flatMap((one) => {
        const found = fitting(one, texts).flatMap((fits, at) => (fits ? [acts[at]] : []));
        if (found.includes(act) && found.length <= MOST) return [];
        return [`${act} ${one}: ${found.length > MOST ? found.length : found.join(" ")}`];
      });
    });
    assert.deepEqual(lost, []);
  });
}
