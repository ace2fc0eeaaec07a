// A copy of a PDF that holds what its pages draw and nothing else. A new document is written, and of the old one only what is on
// these lists is copied into it: no author, dates and identifiers, no XMP, no attached files, scripts, comments, filled-in fields,
// thumbnails and earlier versions, and of photos in it no traces (ISO 32000-1, the tables named below).
// Whatever cannot be copied so for sure makes no copy at all.

import { decodePDFRawStream, PDFArray, PDFContext, PDFDict, PDFInvalidObject, PDFName, PDFNull, type PDFObject, PDFParser, PDFRawStream, PDFRef, PDFWriter } from "@cantoo/pdf-lib";
import { stripJpeg } from "./strip.ts";

/** Why there is no copy; nobody is told more than that. */
class NoCopy extends Error {}

/**
 * How a dictionary is copied. `drawn`: only the keys of `DRAWN` · `resources`: only `RESOURCES`, each of them `named` ·
 * `named`: every key, because the document chose them.
 */
type Shape = "drawn" | "resources" | "named";

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Of a page (table 30): what shows it. */
const PAGE = ["MediaBox", "CropBox", "Rotate", "UserUnit", "Resources", "Contents", "Group"];
/** What a page has from the tree above it where it does not say itself (7.7.3.4). */
const INHERITED = ["MediaBox", "CropBox", "Rotate", "Resources"];
/** Table 33, without what marks content for other uses. */
const RESOURCES = words("ExtGState ColorSpace Pattern Shading XObject Font");

/** Keys of everything a page draws with: streams and their filters (tables 5 to 12), graphics states (58), colours (62 to 71), patterns and shadings (75 to 84), images and forms (89, 95, 96), fonts (111 to 124), functions (38 to 41), masks (144). */
const DRAWN = words(`
  Type Subtype Filter DecodeParms
  Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform JBIG2Globals
  LW LC LJ ML D RI OP op OPM Font SM SA BM SMask CA ca AIS TK FL
  WhitePoint BlackPoint Gamma Matrix Range N Alternate
  PatternType PaintType TilingType BBox XStep YStep Resources Shading ExtGState
  ShadingType ColorSpace Background AntiAlias Domain Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
  Width Height Intent ImageMask Mask Decode Interpolate SMaskInData Matte
  FormType Group S CS I G BC TR
  BaseFont Encoding FirstChar LastChar Widths FontDescriptor ToUnicode DescendantFonts CIDSystemInfo DW W DW2 W2 CIDToGIDMap
  FontBBox FontMatrix CharProcs BaseEncoding Differences Registry Ordering Supplement CMapName WMode UseCMap
  FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth
  FontFile FontFile2 FontFile3 CharSet CIDSet Length1 Length2 Length3
  FunctionType Functions Bounds Encode C0 C1 Size BitsPerSample Order
`);

/** Filters whose data hold nothing but what is drawn; photos are looked through, and what has a wrapping of its own is not taken. */
const FILTERS = words("ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode");
const PHOTO = "DCTDecode";

/** Pages of one tree: more than this is no document a person chose. */
const MOST_DEPTH = 64;

/** The copy's bytes. Rejects where there is none. */
export async function stripPdf(bytes: Uint8Array): Promise<Uint8Array> {
  const source = await PDFParser.forBytesWithOptions(bytes).parseDocument();
  if (source.trailerInfo.Encrypt !== undefined) throw new NoCopy();
  const catalog = dictionary(source.lookup(source.trailerInfo.Root));
  // What a hidden layer holds would be shown in a copy that knows no layers.
  if (catalog.has(PDFName.of("OCProperties"))) throw new NoCopy();
  const target = PDFContext.create();
  const [root, copier] = [target.nextRef(), new Copier(source, target)];
  const pages = leaves(dictionary(catalog.lookup(PDFName.of("Pages"))), new Map(), 0).map((page) => copier.page(page, root));
  if (pages.length === 0) throw new NoCopy();
  target.assign(root, target.obj({ Type: "Pages", Kids: pages, Count: pages.length }));
  target.trailerInfo.Root = target.register(target.obj({ Type: "Catalog", Pages: root }));
  return PDFWriter.forContext(target, Number.POSITIVE_INFINITY).serializeToBuffer();
}

type Page = Map<string, PDFObject>;

/** Every page with what shows it, in the order of reading. */
function leaves(node: PDFDict, above: Page, depth: number): Page[] {
  if (depth > MOST_DEPTH) throw new NoCopy();
  const kids = node.lookup(PDFName.of("Kids"));
  const own = (keys: string[]): Page => new Map([...above, ...keys.flatMap((key) => entry(node, key))]);
  if (!(kids instanceof PDFArray)) return [own(PAGE)];
  const inherited = own(INHERITED);
  return kids.asArray().flatMap((kid) => leaves(dictionary(node.context.lookup(kid)), inherited, depth + 1));
}

function entry(node: PDFDict, key: string): [string, PDFObject][] {
  const value = node.get(PDFName.of(key));
  return value === undefined ? [] : [[key, value]];
}

function dictionary(found: PDFObject | undefined): PDFDict {
  if (!(found instanceof PDFDict)) throw new NoCopy();
  return found;
}

class Copier {
  /** What was copied already, so that a font of all pages is copied once, by shape and old reference. */
  readonly #done = new Map<string, PDFRef>();

  constructor(readonly source: PDFContext, readonly target: PDFContext) {}

  page(page: Page, parent: PDFRef): PDFRef {
    const copy = this.target.obj({ Type: "Page", Parent: parent });
    for (const [key, value] of page) copy.set(PDFName.of(key), this.#copy(value, shapeOf(key, "drawn")));
    return this.target.register(copy);
  }

  #copy(value: PDFObject, shape: Shape): PDFObject {
    if (value instanceof PDFRef) return this.#copyOnce(value, shape);
    if (value instanceof PDFDict) return this.#dictionary(value, shape);
    if (value instanceof PDFRawStream) return this.#stream(value);
    if (value instanceof PDFInvalidObject) throw new NoCopy();
    if (!(value instanceof PDFArray)) return value;
    const copy = PDFArray.withContext(this.target);
    for (const one of value.asArray()) copy.push(this.#copy(one, shape));
    return copy;
  }

  #copyOnce(ref: PDFRef, shape: Shape): PDFRef {
    const key = `${shape} ${ref.tag}`;
    const before = this.#done.get(key);
    if (before) return before;
    const copy = this.target.nextRef();
    this.#done.set(key, copy);
    this.target.assign(copy, this.#copy(this.source.lookup(ref) ?? PDFNull, shape));
    return copy;
  }

  #dictionary(value: PDFDict, shape: Shape): PDFDict {
    const copy = PDFDict.withContext(this.target);
    for (const [key, inside] of value.entries()) {
      const name = key.decodeText();
      if (isKept(name, shape)) copy.set(key, this.#copy(inside, shapeOf(name, shape)));
    }
    return copy;
  }

  #stream(value: PDFRawStream): PDFRawStream {
    return PDFRawStream.of(this.#dictionary(value.dict, "drawn"), contents(value));
  }
}

function isKept(name: string, shape: Shape): boolean {
  if (shape === "named") return true;
  return shape === "resources" ? RESOURCES.has(name) : DRAWN.has(name);
}

/** What stands under a key. */
function shapeOf(name: string, around: Shape): Shape {
  if (around === "resources") return "named";
  if (around === "named") return "drawn";
  return name === "Resources" ? "resources" : name === "CharProcs" ? "named" : "drawn";
}

/** A stream's bytes; a photo's without its traces. */
function contents(stream: PDFRawStream): Uint8Array<ArrayBuffer> {
  const { dict, contents: bytes } = stream;
  const filter = dict.lookup(PDFName.of("Filter"));
  const filters = filter instanceof PDFArray ? filter.asArray().map((one) => dict.context.lookup(one)) : filter ? [filter] : [];
  const names = filters.map((one) => (one instanceof PDFName ? one.decodeText() : ""));
  if (names.every((name) => FILTERS.has(name)) && !holdsPhoto(stream)) return bytes as Uint8Array<ArrayBuffer>;
  const photo = names.length === 1 && names[0] === PHOTO ? stripJpeg(bytes) : undefined;
  if (!photo) throw new NoCopy();
  return photo.bytes as Uint8Array<ArrayBuffer>;
}

const IMAGE = PDFName.of("Image");
const WITHIN = "/DCT";

/** Whether a photo stands within what is drawn: there its traces cannot be taken out. */
function holdsPhoto(stream: PDFRawStream): boolean {
  if (stream.dict.lookup(PDFName.of("Subtype")) === IMAGE) return false;
  const drawn = decodePDFRawStream(stream).decode();
  return new TextDecoder("latin1").decode(drawn).includes(WITHIN);
}
