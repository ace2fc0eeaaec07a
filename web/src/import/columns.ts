// Choosing what each column tells: a map, made or changed by hand. What is not chosen stays sealed.

import { element } from "../receipt/dom.ts";
import type { Labels } from "../receipt/labels.ts";
import { word } from "../page.ts";
import { type Column, folded, READINGS, type Reading, type TableMap, type Term } from "./map.ts";
import { isFault, type Table } from "./table.ts";

/** Readings as they are offered: `accused` is a list of terms like what happened, `iso` a day whose order is beyond doubt. */
type Offered = Reading | "accused" | "iso";

const PLAIN = READINGS.filter((reading) => reading !== "from" && reading !== "to");
const BESIDE: Partial<Record<Reading, Offered>> = { terms: "accused", date: "iso" };
const OFFERED: Offered[] = PLAIN.flatMap((reading) => [reading, BESIDE[reading] ?? []].flat());
const MOST_WORDS = 40;
const ABSENT = ["", "#N/A", "NA", "N/A", "-"];

/** A map that keeps every column sealed until somebody says more. */
export const blankMap = (table: Table, name: string): TableMap => ({
  version: 1,
  name,
  key: table.headings.slice(0, 1),
  countries: "countries.toml",
  separator: ",",
  absent: ABSENT,
  unknown: ["unknown", "not known"],
  yes: ["yes", "y", "true", "1", "da"],
  not_filled: ["no", "n", "false", "0", "ne"],
  report: { source_kind: "S-NGO", channel: "CH-IMPORT", language: "en", statistics: false },
  column: table.headings.map((heading) => ({ name: heading, reads: "sealed" })),
});

export class Columns {
  private lines: ColumnLine[] = [];

  constructor(
    private readonly place: HTMLElement,
    private readonly table: Table,
    private readonly labels: Labels,
  ) {}

  show(map: TableMap): void {
    this.lines = this.table.headings.map((heading, at) => {
      const column = map.column.find(({ name }) => name === heading) ?? { name: heading, reads: "sealed" as const };
      return new ColumnLine(column, at, { map, table: this.table, labels: this.labels });
    });
    this.place.replaceChildren(...this.lines.map(({ whole }) => whole));
  }

  /** The map as it is chosen now. What the page does not show of a map stays as it was. */
  read(map: TableMap): TableMap {
    const crosswalk = { ...map.crosswalk };
    const column = this.lines.map((line) => line.read());
    for (const line of this.lines) Object.assign(crosswalk, line.readTerms());
    return { ...map, column, ...(Object.keys(crosswalk).length > 0 ? { crosswalk } : {}) };
  }
}

interface Around {
  map: TableMap;
  table: Table;
  labels: Labels;
}

class ColumnLine {
  readonly whole: HTMLElement;
  private readonly choice: HTMLSelectElement;
  private readonly terms = element("div", []);

  constructor(
    private readonly column: Column,
    private readonly at: number,
    private readonly around: Around,
  ) {
    const id = `column-${at}`;
    this.choice = element("select", [], { id, "aria-describedby": `${id}-example` });
    const offered: Offered[] = OFFERED.includes(column.reads) ? OFFERED : [...OFFERED, column.reads];
    this.choice.append(...offered.map((one) => element("option", word(`import-reads-${one}`), { value: one })));
    this.choice.value = this.chosen();
    this.choice.addEventListener("change", () => this.showTerms());
    const example = `${word("import-example")}: `;
    this.whole = element("div", [
      element("label", [element("bdi", column.name)], { for: id }),
      this.choice,
      element("p", [example, element("bdi", this.cells()[0] ?? "")], { class: "hint", id: `${id}-example` }),
      this.terms,
    ]);
    this.whole.className = "column";
    this.showTerms();
  }

  read(): Column {
    const reads = this.choice.value as Offered;
    if (reads === this.chosen()) return this.column;
    if (reads === "iso") return { name: this.column.name, reads: "date", iso: true };
    if (reads !== "terms" && reads !== "accused") return { name: this.column.name, reads };
    return { name: this.column.name, reads: "terms", crosswalk: this.column.name };
  }

  /** What was chosen for single words; nothing where a crosswalk of the project decides. */
  readTerms(): Record<string, Record<string, Term>> {
    const field = this.choice.value === "accused" ? "accused" : "acts";
    const chosen = [...this.terms.querySelectorAll("select")].filter(({ value }) => value !== "");
    if (chosen.length === 0) return {};
    const terms = chosen.map(({ name, value }) => [name, { [field]: [value] }] as const);
    return { [this.column.name]: Object.fromEntries(terms) };
  }

  /** Terms that only name people, and days beyond doubt, are offered as such. */
  private chosen(): Offered {
    if (this.column.reads === "date" && this.column.iso === true) return "iso";
    const own = Object.values(this.around.map.crosswalk?.[this.column.crosswalk ?? ""] ?? {});
    const accuses = own.length > 0 && own.every(({ accused = [], acts = [] }) => accused.length > 0 && acts.length === 0);
    return this.column.reads === "terms" && accuses ? "accused" : this.column.reads;
  }

  private cells(): string[] {
    return this.around.table.rows.flatMap((row) => (isFault(row) ? [] : [row.cells[this.at] ?? ""]));
  }

  private showTerms(): void {
    const reads = this.choice.value;
    // A crosswalk of the project's own is not taken apart here.
    const known = reads === this.chosen() && this.column.crosswalk !== undefined && this.column.crosswalk !== this.column.name;
    this.terms.replaceChildren(...(known || (reads !== "terms" && reads !== "accused") ? [] : this.wordLines(reads)));
  }

  private wordLines(reads: "terms" | "accused"): HTMLElement[] {
    const { map } = this.around;
    const values = this.cells().flatMap((cell) => cell.split(this.column.separator ?? map.separator));
    const distinct = [...new Map(values.map((one) => [folded(one), one.trim()] as const)).entries()];
    const asked = distinct.filter(([, one]) => !map.absent.includes(one));
    const lines = asked.slice(0, MOST_WORDS).map(([, one], place) => this.wordLine(one, place, reads));
    const title = element("p", word("import-words"));
    return asked.length > MOST_WORDS ? [title, ...lines, element("p", word("import-words-more"))] : [title, ...lines];
  }

  private wordLine(term: string, place: number, reads: "terms" | "accused"): HTMLElement {
    const { map, labels } = this.around;
    const id = `column-${this.at}-${place}`;
    const codes = reads === "terms" ? labels.acts : labels.list("perpetrator_kind");
    const select = element("select", [element("option", word("import-words-none"), { value: "" })], { id, name: term });
    select.append(...codes.map(({ code, label }) => element("option", label, { value: code })));
    const known = map.crosswalk?.[this.column.name]?.[term];
    select.value = (reads === "terms" ? known?.acts : known?.accused)?.[0] ?? "";
    const says = word(reads === "terms" ? "import-words-act" : "import-words-accused", { word: term });
    return element("p", [element("label", says, { for: id }), " ", select]);
  }
}
