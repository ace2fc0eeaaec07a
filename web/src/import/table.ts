// A table: headings and rows, each row readable or at fault on its own. Readers of formats are loaded when a file asks for them.

export interface Row {
  /** 1 is the first under the headings. */
  number: number;
  cells: string[];
}

/** What cannot become a report: where, and why as a code; never what stands in the cell. */
export interface Fault {
  row: number;
  /** The column's heading; empty when it is the row as a whole. */
  column: string;
  why: string;
}

export interface Table {
  headings: string[];
  rows: (Row | Fault)[];
}

export const isFault = (row: Row | Fault): row is Fault => "why" in row;

export class NotATable extends Error {}

/** More than this is not read in a page; the command does that. */
export const LARGEST_TABLE = 32 * 1024 * 1024;

/** Zip files begin so; everything else is taken for CSV. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

export async function readTable(file: Blob): Promise<Table> {
  if (file.size > LARGEST_TABLE) throw new NotATable();
  const start = new Uint8Array(await file.slice(0, ZIP.length).arrayBuffer());
  const lines = ZIP.every((byte, at) => start[at] === byte) ? await readWorkbook(file) : await readCsv(file);
  return tableOf(lines);
}

async function readCsv(file: Blob): Promise<string[][]> {
  const source = decoded(new Uint8Array(await file.arrayBuffer()));
  const { default: papa } = await import("papaparse");
  // Rows as lists: no cell ever becomes the name of a property.
  const { data } = papa.parse<string[]>(source, { delimiter: separatorOf(source), header: false, dynamicTyping: false, worker: false, skipEmptyLines: true });
  return data;
}

/** UTF-8, or UTF-16 where the mark at the beginning says so. Bytes that are neither are seen in their cells. */
function decoded(bytes: Uint8Array<ArrayBuffer>): string {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(wide).decode(bytes);
}

/** Where a comma stands between numbers, a semicolon stands between cells; a tab where a workbook was saved as text. */
const SEPARATORS = [",", ";", "\t"];

/** What the first line holds most of, outside of quotes. */
function separatorOf(source: string): string {
  const line = source.trimStart().replaceAll(/"[^"]*"/g, "").split(/[\r\n]/, 1)[0] ?? "";
  const held = (sign: string): number => line.split(sign).length;
  return SEPARATORS.reduce((most, sign) => (held(sign) > held(most) ? sign : most));
}

/** The first sheet of a workbook. */
async function readWorkbook(file: Blob): Promise<string[][]> {
  const { readSheet } = await import("read-excel-file/universal");
  try {
    const sheet = await readSheet(file);
    return sheet.map((line) => line.map(textOf));
  } catch {
    throw new NotATable();
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  // A date in a workbook is a day without a zone; a time of day is kept where there is one.
  if (cell instanceof Date) return cell.toISOString().replace("T00:00:00.000Z", "").replace(/\.000Z$/, "");
  return String(cell);
}

export function tableOf(lines: string[][]): Table {
  const [first, ...rest] = lines;
  const headings = first?.map((heading) => heading.trim()) ?? [];
  const named = headings.filter((heading) => heading !== "");
  if (named.length === 0 || new Set(named).size !== named.length || named.some(isNoText)) throw new NotATable();
  // A row in which nothing stands tells of nothing; those below it keep their numbers.
  const says = (cells: string[]): boolean => cells.some((cell) => cell.trim() !== "");
  return { headings, rows: rest.flatMap((cells, at) => (says(cells) ? [rowOf(at + 1, headings, cells)] : [])) };
}

/** What stands where bytes were none of UTF-8. */
const isNoText = (cell: string): boolean => cell.includes("\ufffd");

function rowOf(number: number, headings: string[], cells: string[]): Row | Fault {
  if (cells.length !== headings.length) return { row: number, column: "", why: "cells" };
  const unread = cells.findIndex(isNoText);
  if (unread >= 0) return { row: number, column: headings[unread] ?? "", why: "letters" };
  return { number, cells: cells.map(withoutControls) };
}

/** Control characters but line feeds would hide what stands beside them. */
const withoutControls = (cell: string): string => cell.replaceAll(/(?!\n)\p{Cc}/gu, " ");
