import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFObject, PDFParser, PDFRawStream, PDFString } from "@cantoo/pdf-lib";
import { join, utf8 } from "../src/bytes.ts";
import { stripPdf } from "../src/offline/strip-pdf.ts";

const TRACE = "CAMERA-7";
const SHOWN = "A made-up page";

/** Every word that anybody finds in a PDF: of every object, and of every stream unpacked. */
async function told(bytes: Uint8Array): Promise<string> {
  const context = await PDFParser.forBytesWithOptions(bytes).parseDocument();
  const objects = context.enumerateIndirectObjects().map(([, object]) => object);
  const trailer = Object.values(context.trailerInfo).filter((value): value is PDFObject => value !== undefined && value !== null);
  return [...objects, ...trailer].map(wordsOf).join("\n");
}

function wordsOf(value: PDFObject): string {
  if (value instanceof PDFString || value instanceof PDFHexString) return value.decodeText();
  if (value instanceof PDFArray) return value.asArray().map(wordsOf).join("\n");
  if (value instanceof PDFDict) return value.entries().map(([key, inside]) => `${key.decodeText()} ${wordsOf(inside)}`).join("\n");
  if (!(value instanceof PDFRawStream)) return value.toString();
  const filter = value.dict.get(PDFName.of("Filter"))?.toString() ?? "";
  const content = filter === "/DCTDecode" ? value.contents : decodePDFRawStream(value).decode();
  return `${wordsOf(value.dict)}\n${new TextDecoder("latin1").decode(content)}`;
}

/** What the pages draw, one text a page, in order. */
async function drawn(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return document.getPages().map(({ node }) => {
    const contents = node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray().map((one) => document.context.lookup(one)) : [contents];
    return streams.map((stream) => (stream instanceof PDFRawStream ? wordsOf(stream).split("\n").slice(1).join("\n") : "")).join("\n");
  });
}

async function paper(): Promise<PDFDocument> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.addPage([200, 100]).drawText(SHOWN);
  return document;
}

const save = (document: PDFDocument): Promise<Uint8Array> => document.save({ useObjectStreams: false });
const name = (text: string): PDFName => PDFName.of(text);

/** A photo's bytes with what a camera writes into them. */
function photo(): Uint8Array<ArrayBuffer> {
  const segment = (marker: number, body: Uint8Array): Uint8Array => join(Uint8Array.of(0xff, marker, 0, body.length + 2), body);
  return join(Uint8Array.of(0xff, 0xd8), segment(0xe1, utf8(`Exif\0\0${TRACE}`)), segment(0xdb, utf8("table")), segment(0xda, utf8("scan")), Uint8Array.of(1, 2, 0xff, 0xd9)) as Uint8Array<ArrayBuffer>;
}

function draw(document: PDFDocument, key: string, dict: Record<string, PDFObject | string | number>, bytes: Uint8Array<ArrayBuffer>): void {
  const [page] = document.getPages();
  page?.node.setXObject(name(key), document.context.register(document.context.stream(bytes, { Type: "XObject", ...dict })));
}

/** Where traces stand in a PDF, and how each is put there. */
const TRACES: Record<string, (document: PDFDocument) => unknown> = {
  "the author": (document) => document.setAuthor(TRACE),
  "the program that wrote it": (document) => document.setProducer(TRACE),
  "the title": (document) => document.setTitle(TRACE),
  "XMP": ({ catalog, context }) => catalog.set(name("Metadata"), context.register(context.stream(`<x:xmpmeta>${TRACE}`, { Type: "Metadata" }))),
  "an attached file": (document) => document.attach(utf8(TRACE), "notes.txt", { description: TRACE }),
  "a script": (document) => document.addJavaScript("open", `app.alert("${TRACE}")`),
  "a hidden value of a form": (document) => {
    const field = document.getForm().createTextField("hidden");
    field.setText(TRACE);
    field.addToPage(document.getPage(0), { hidden: true });
  },
  "a comment": (document) => {
    const note = document.context.obj({ Type: "Annot", Subtype: "Text", Contents: PDFString.of(TRACE), Rect: [0, 0, 9, 9] });
    document.getPage(0).node.addAnnot(document.context.register(note));
  },
  "a thumbnail": (document) => document.getPage(0).node.set(name("Thumb"), document.context.register(document.context.stream(TRACE, { Width: 1, Height: 1 }))),
  "what a program keeps with a page": (document) =>
    document.getPage(0).node.set(name("PieceInfo"), document.context.obj({ Writer: { LastModified: PDFString.of(TRACE) } })),
  "the identifiers": ({ context }) => (context.trailerInfo.ID = context.obj([PDFString.of(TRACE), PDFString.of(TRACE)])),
  "an object nothing leads to": ({ context }) => context.register(PDFString.of(TRACE)),
  "a photo's camera": (document) => draw(document, "Photo", { Subtype: "Image", Width: 1, Height: 1, Filter: "DCTDecode" }, photo()),
  "a photo's own XMP": (document) => {
    const { context } = document;
    const metadata = context.register(context.stream(TRACE, { Type: "Metadata" }));
    draw(document, "Photo", { Subtype: "Image", Width: 1, Height: 1, Metadata: metadata }, Uint8Array.of(0));
  },
  "a drawing within": (document) => draw(document, "Form", { Subtype: "Form", LastModified: PDFString.of(TRACE) }, utf8("n") as Uint8Array<ArrayBuffer>),
};

for (const [where, put] of Object.entries(TRACES)) {
  test(`a copy of a PDF shows the same page and leaves behind ${where}`, async () => {
    const document = await paper();
    await put(document);
    const original = await save(document);
    assert.ok((await told(original)).includes(TRACE), "positive control: it is in the original");
    const copy = await stripPdf(original);
    assert.ok(!(await told(copy)).includes(TRACE));
    assert.deepEqual(await drawn(copy), await drawn(original));
    assert.deepEqual((await PDFDocument.load(copy)).getPage(0).getSize(), { width: 200, height: 100 });
  });
}

test("a copy has every page in its order, and what they have from the tree above them", async () => {
  const document = await PDFDocument.create();
  for (const words of ["one", "two", "three"]) document.addPage().drawText(words);
  const tree = document.catalog.Pages();
  tree.set(name("MediaBox"), document.context.obj([0, 0, 50, 60]));
  for (const { node } of document.getPages()) node.delete(name("MediaBox"));
  const original = await save(document);
  const copy = await stripPdf(original);
  assert.deepEqual(await drawn(copy), await drawn(original));
  assert.deepEqual((await PDFDocument.load(copy)).getPage(2).getSize(), { width: 50, height: 60 });
});

test("a copy of a copy is the same, and carries no date and no name of a program", async () => {
  const copy = await stripPdf(await save(await paper()));
  assert.deepEqual(await stripPdf(copy), copy);
  assert.ok(!/Producer|Creator|Date|pdf-lib/i.test(new TextDecoder("latin1").decode(copy)));
});

/** PDFs that nobody can be sure to copy cleanly. */
const NONE: Record<string, () => Promise<Uint8Array>> = {
  "is none": async () => utf8("%PDF-1.7 and nothing more"),
  "is cut in the middle": async () => (await save(await paper())).slice(0, 300),
  "is locked": async () => {
    const document = await paper();
    document.encrypt({ userPassword: "made-up" });
    return save(document);
  },
  "has layers": async () => {
    const document = await paper();
    document.catalog.set(name("OCProperties"), document.context.obj({ OCGs: [] }));
    return save(document);
  },
  "draws a photo of a kind that cannot be looked through": async () => {
    const document = await paper();
    draw(document, "Photo", { Subtype: "Image", Filter: "JPXDecode" }, utf8(TRACE) as Uint8Array<ArrayBuffer>);
    return save(document);
  },
  "holds a photo within what is drawn": async () => {
    const document = await paper();
    draw(document, "Form", { Subtype: "Form" }, utf8("BI /F /DCT ID EI") as Uint8Array<ArrayBuffer>);
    return save(document);
  },
};

for (const [how, make] of Object.entries(NONE)) {
  test(`of a PDF that ${how} there is no copy`, async () => {
    await assert.rejects(stripPdf(await make()));
  });
}
