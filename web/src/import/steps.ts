// The steps of an import, in their order: table, map, trial, journal, sending. Loaded when a file is chosen.

import { ageOf, readDirectory } from "../directory.ts";
import { utcDay } from "../form/day.ts";
import type { Book } from "../form/book.ts";
import type { Tables } from "../form/tables.ts";
import { send } from "../form/parcel.ts";
import { readBoard } from "../note.ts";
import { numerals, word } from "../page.ts";
import { Refusal } from "../refusal.ts";
import { at, element } from "../receipt/dom.ts";
import { directoryNote, tellAll } from "../receipt/door.ts";
import { Labels } from "../receipt/labels.ts";
import { blankMap, Columns } from "./columns.ts";
import { missingColumn, strangeCodes, toCode, type Trial, tryOut } from "./dry.ts";
import { Journal } from "./journal.ts";
import { Reader, readMap, type TableMap } from "./map.ts";
import { fileAll, type Ground, type Tally } from "./run.ts";
import { fitting, ground as names } from "./shipped.ts";
import type { Fault, Table } from "./table.ts";

declare const PUTOKAZ_BOARD: string;

const JOURNAL = "application/json-lines";

function tell(sentence: string): void {
  at("status").textContent = sentence;
}

/** Hands a file to the person; nothing of it stays with the page. */
function hand(name: string, type: string, content: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = element("a", "", { download: name });
  link.href = address;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function serverTold(): Promise<Ground> {
  const board = PUTOKAZ_BOARD === "" ? null : readBoard(PUTOKAZ_BOARD);
  const today = utcDay(Date.now());
  const directory = readDirectory(await directoryNote(), board);
  const age = ageOf(directory, today);
  if (age === "wrong" || age === "early") throw new Refusal("directory-stale");
  return {
    directory,
    tables: await tellAll<Tables>("/api/v1/tables"),
    book: await tellAll<Book>("/api/v1/readers"),
    today,
    stale: age === "stale",
  };
}

export class Steps {
  private readonly columns: Columns;
  private map: TableMap;
  private trial: Trial | null = null;
  private journal = Journal.begin();
  private going = false;

  private constructor(
    private readonly table: Table,
    private readonly name: string,
    private readonly labels: Labels,
    private readonly ground: Ground,
  ) {
    const found = fitting(table);
    this.map = found ?? blankMap(table, name);
    this.columns = new Columns(at("columns"), table, labels);
    at("map-found").textContent = found ? word("import-map-found", { name: found.name }) : word("import-map-none");
  }

  static async begin(table: Table, name: string): Promise<Steps> {
    const labels = await Labels.read(document.documentElement.lang);
    const steps = new Steps(table, name, labels, await serverTold());
    steps.showMap();
    at("mapping").hidden = false;
    return steps;
  }

  private showMap(): void {
    const { map, labels } = this;
    const key = at<HTMLSelectElement>("key");
    key.replaceChildren(...this.table.headings.map((heading) => element("option", heading, { value: heading })));
    key.value = map.key[0] ?? "";
    for (const [id, list, field] of [["source-kind", "source_kind", "source_kind"], ["language", "language", "language"]] as const) {
      const select = at<HTMLSelectElement>(id);
      select.replaceChildren(...labels.list(list).map(({ code, label }) => element("option", label, { value: code })));
      select.value = String(map.report[field] ?? "");
    }
    at<HTMLInputElement>("counted").checked = map.report["statistics"] === true;
    this.columns.show(map);
    this.forgetTrial();
  }

  /** The map as it stands in the page. */
  private chosen(): TableMap {
    const key = at<HTMLSelectElement>("key").value;
    const report = {
      ...this.map.report,
      source_kind: at<HTMLSelectElement>("source-kind").value,
      language: at<HTMLSelectElement>("language").value,
      statistics: at<HTMLInputElement>("counted").checked,
    };
    const same = this.map.key[0] === key;
    return this.columns.read({ ...this.map, key: same ? this.map.key : [key], report });
  }

  saveMap(): void {
    hand(`${this.map.name}.map.json`, "application/json", `${JSON.stringify(this.chosen(), null, 1)}\n`);
  }

  async loadMap(file: File): Promise<void> {
    let map: TableMap;
    try {
      const source = await file.text();
      map = readMap(file.name.endsWith(".toml") ? (await import("smol-toml")).parse(source) : JSON.parse(source));
    } catch {
      return tell(word("import-not-a-map"));
    }
    const missing = missingColumn(map, this.table);
    if (missing !== undefined) return tell(word("import-map-missing", { column: missing }));
    const strange = strangeCodes(map, this.labels.codes());
    if (strange.length > 0) return tell(word("import-map-strange", { codes: strange.join(", ") }));
    this.map = map;
    at("map-found").textContent = word("import-map-found", { name: map.name });
    tell("");
    this.showMap();
  }

  /** Nothing is sent: what would become of each row. */
  tryIt(): void {
    this.map = this.chosen();
    const { directory, today, stale } = this.ground;
    const trial = tryOut(this.table, new Reader(this.map, names), directory.salt, today);
    this.trial = trial;
    const { rows, due, twins } = trial;
    const tried = word("import-tried", { rows, due: due.length, twins, code: toCode(trial) });
    at("tried").textContent = stale ? `${tried} ${word("import-stale")}` : tried;
    at("faults").replaceChildren(faultTable(trial.faults));
    at("unread").replaceChildren(...unreadList(trial));
    at("trial").hidden = false;
    at("sending").hidden = due.length === 0;
    at("tried").focus();
  }

  forgetTrial(): void {
    this.trial = null;
    at("trial").hidden = true;
    at("sending").hidden = true;
  }

  async loadJournal(file: File): Promise<void> {
    try {
      this.journal = Journal.read(await file.text());
    } catch {
      return tell(word("import-not-a-journal"));
    }
    at("done").textContent = word("import-journal-loaded", { kept: this.journal.size });
    this.mayBeSent();
  }

  saveJournal(): void {
    hand(`${this.name}.journal`, JOURNAL, this.journal.write());
    this.mayBeSent();
  }

  /** Only what can be found again is sent: the journal lies with the person by now. */
  private mayBeSent(): void {
    at<HTMLButtonElement>("send").disabled = false;
    at("journal-first").hidden = true;
  }

  async send(): Promise<void> {
    const { trial } = this;
    if (!trial || this.going) return;
    this.going = true;
    this.busy(true, trial.due.length);
    const tally = await fileAll(trial.due, this.journal, this.ground, send, (so) => this.told(so, trial.due.length));
    this.going = false;
    this.busy(false, trial.due.length);
    const { filed, already } = tally;
    const said = [word("import-result", { filed, already, faults: tally.faults.length + trial.faults.length })];
    if (tally.broken) said.push(word("import-broken"));
    if (filed + already > 0) said.push(word("import-again"));
    at("result").textContent = said.join(" ");
    at("faults").replaceChildren(faultTable([...trial.faults, ...tally.faults]));
  }

  stop(): void {
    this.going = false;
  }

  private told({ filed, already, faults }: Tally, due: number): boolean {
    const done = filed + already + faults.length;
    at<HTMLProgressElement>("progress").value = done;
    at("done").textContent = word("import-progress", { done, due });
    return this.going;
  }

  private busy(sending: boolean, due: number): void {
    const progress = at<HTMLProgressElement>("progress");
    progress.max = due;
    progress.hidden = !sending;
    at("stop").hidden = !sending;
    for (const id of ["send", "journal-file", "journal-save", "table-file", "map-file"]) {
      at<HTMLButtonElement | HTMLInputElement>(id).disabled = sending;
    }
    for (const field of at("map").querySelectorAll("button")) field.disabled = sending;
    at("result").textContent = "";
  }
}

function faultTable(faults: Fault[]): HTMLElement {
  if (faults.length === 0) return element("p", word("import-no-faults"));
  const titles = ["import-fault-row", "import-column", "import-fault-why"];
  const head = element("tr", titles.map((key) => element("th", word(key), { scope: "col" })));
  const lines = faults.map(({ row, column, why }) => {
    const cells = [element("td", numerals(row)), element("td", [element("bdi", column)]), element("td", word(`import-why-${why}`))];
    return element("tr", cells);
  });
  const caption = element("caption", word("import-faults"));
  return element("table", [caption, element("thead", [head]), element("tbody", lines)]);
}

function unreadList({ unread }: Trial): HTMLElement[] {
  if (unread.size === 0) return [];
  const lines = [...unread].map(([column, rows]) => element("li", word("import-unread-line", { column, rows })));
  return [element("h3", word("import-unread")), element("ul", lines)];
}
