// Begins the import page. Nothing heavier than this is loaded before a table is chosen; the table never leaves the device.

import { ready, word } from "../page.ts";
import { at } from "../receipt/dom.ts";
import type { Steps } from "./steps.ts";

let steps: Steps | null = null;

function tell(sentence: string): void {
  at("status").textContent = sentence;
}

async function begin(file: File): Promise<void> {
  at("mapping").hidden = true;
  tell(word("import-working"));
  const [{ NotATable, readTable }, { Steps }] = await Promise.all([import("./table.ts"), import("./steps.ts")]);
  try {
    const table = await readTable(file);
    steps = await Steps.begin(table, file.name.replace(/\.\w+$/, ""));
    tell(word("import-read", { rows: table.rows.length, columns: table.headings.length }));
  } catch (cause) {
    tell(word(cause instanceof NotATable ? "import-not-a-table" : "import-server"));
  }
}

function onFile(id: string, take: (file: File) => unknown): void {
  const input = at<HTMLInputElement>(id);
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) void take(file);
  });
}

onFile("table-file", begin);
onFile("map-file", (file) => steps?.loadMap(file));
onFile("journal-file", (file) => steps?.loadJournal(file));
at("map").addEventListener("submit", (event) => {
  event.preventDefault();
  steps?.tryIt();
});
at("map").addEventListener("change", () => steps?.forgetTrial());
at("map-save").addEventListener("click", () => steps?.saveMap());
at("journal-save").addEventListener("click", () => steps?.saveJournal());
at("send").addEventListener("click", () => void steps?.send());
at("stop").addEventListener("click", () => steps?.stop());

ready();
