// Files somebody chose, before they are sealed: what kind, how large, a picture nobody can see anything in, and for
// photos the offer of a copy without traces. Never a name: it could tell more than the person wants on a screen.

import { element } from "../form/view.ts";
import { word } from "../page.ts";
import { MOST_BYTES, preview } from "./files.ts";
import { strip } from "./strip.ts";
import { sizeInWords } from "./view.ts";

const KINDS = ["audio", "image", "video"];

export class Attachments {
  #files: readonly File[] = [];
  #copies: Blob[] = [];
  readonly #wanted = element("input");
  /** What shows them; the caller puts it on its page. */
  readonly view = element("div");

  constructor() {
    this.#wanted.type = "checkbox";
  }

  async show(files: readonly File[]): Promise<void> {
    this.#files = files;
    this.#copies = [];
    this.#wanted.checked = false;
    const list = element("ul");
    list.append(...files.map(describe));
    this.view.replaceChildren(list);
    const copies = await Promise.all(files.map((file) => strip(file).catch(() => undefined)));
    if (this.#files !== files) return;
    this.#copies = copies.filter((copy) => copy !== undefined);
    if (this.#copies.length > 0) this.view.append(this.#choice());
  }

  get tooLarge(): boolean {
    return this.#files.some(({ size }) => size > MOST_BYTES);
  }

  /** The originals, untouched, and the copies where they are wanted. */
  get chosen(): Blob[] {
    return this.#wanted.checked ? [...this.#files, ...this.#copies] : [...this.#files];
  }

  #choice(): HTMLElement {
    const choice = element("label");
    choice.append(this.#wanted, " ", word("offline-shared-copy"));
    return choice;
  }
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
