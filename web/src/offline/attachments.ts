// Files somebody chose, before they are sealed: what kind, how large, a picture nobody can see anything in, and for
// photos and PDFs the offer of a copy without traces. Never a name: it could tell more than the person wants on a screen.

import { element } from "../form/view.ts";
import { word } from "../page.ts";
import { copyOf, isPdf, preview } from "./copies.ts";
import { MOST_BYTES, sizeInWords } from "./size.ts";

const KINDS = ["audio", "image", "video"];

/** Copies of one kind, and whether they are wanted. */
class Offer {
  copies: Blob[] = [];
  readonly #wanted = element("input");

  constructor(readonly key: string) {
    this.#wanted.type = "checkbox";
  }

  withdraw(): void {
    this.copies = [];
    this.#wanted.checked = false;
  }

  get wanted(): Blob[] {
    return this.#wanted.checked ? this.copies : [];
  }

  view(): HTMLElement {
    const choice = element("label");
    choice.append(this.#wanted, " ", word(this.key));
    return choice;
  }
}

export class Attachments {
  #files: readonly File[] = [];
  readonly #pictures = new Offer("offline-shared-copy");
  readonly #papers = new Offer("offline-shared-copy-pdf");
  /** What shows them; the caller puts it on its page. */
  readonly view = element("div");

  async show(files: readonly File[]): Promise<void> {
    this.#files = files;
    const offers = [this.#pictures, this.#papers];
    for (const offer of offers) offer.withdraw();
    const list = element("ul");
    const lines = files.map(describe);
    list.append(...lines);
    this.view.replaceChildren(list);
    const copies = await Promise.all(files.map(copied));
    if (this.#files !== files) return;
    for (const [at, { paper, copy }] of copies.entries()) {
      if (copy) (paper ? this.#papers : this.#pictures).copies.push(copy);
      else if (paper) lines[at]?.append(" ", word("offline-shared-no-copy"));
    }
    this.view.append(...offers.filter(({ copies }) => copies.length > 0).map((offer) => offer.view()));
  }

  get tooLarge(): boolean {
    return this.#files.some(({ size }) => size > MOST_BYTES);
  }

  /** The originals, untouched, and the copies where they are wanted. */
  get chosen(): Blob[] {
    return [...this.#files, ...this.#pictures.wanted, ...this.#papers.wanted];
  }
}

async function copied(file: File): Promise<{ paper: boolean; copy: Blob | undefined }> {
  const [paper, copy] = await Promise.all([isPdf(file), copyOf(file).catch(() => undefined)]);
  return { paper, copy };
}

function describe(file: File): HTMLLIElement {
  const kind = KINDS.find((one) => file.type.startsWith(`${one}/`)) ?? "file";
  const line = element("li", word(`offline-shared-${kind}`, { size: sizeInWords(file.size) }));
  if (file.size > MOST_BYTES) line.append(" ", element("strong", word("offline-too-large")));
  if (kind === "image") {
    void preview(file).then((picture) => {
      if (!picture) return;
      picture.className = "blurred";
      picture.setAttribute("aria-hidden", "true");
      line.append(picture);
    });
  }
  return line;
}
