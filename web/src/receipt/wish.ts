// Choosing what may be done with the report: a few plain choices, and every single row under "more detail".

import type { ConsentRow } from "../form/coding.ts";
import { institutionName } from "../institution.ts";
import { word } from "../page.ts";
import { namable, type Wish } from "./acts.ts";
import { ALONE, choiceOf, choicesOf, type Consent, contactRows, OWN, rowsOf, same } from "./choice.ts";
import { at, element } from "./dom.ts";
import type { Labels } from "./labels.ts";
import type { Visit } from "./visit.ts";

export class WishForm {
  private readonly consent: Consent;

  constructor(
    private readonly visit: Visit,
    private readonly labels: Labels,
  ) {
    this.consent = labels.consent;
  }

  show(): void {
    const rows = this.visit.thread.consent;
    const chosen = choiceOf(rows, this.consent);
    const codes = [ALONE, ...choicesOf(this.consent).map(({ code }) => code), OWN];
    at("choices").querySelectorAll(".choice").forEach((line) => line.remove());
    at("choices").append(...codes.map((code) => this.choiceLine(code, code === chosen)));
    at<HTMLInputElement>("counted").checked = rows.some((row) => same(row, this.consent.statistics));
    const contact = contactRows(this.consent);
    at<HTMLInputElement>("contact").checked = rows.some((row) => contact.some((one) => same(row, one)));
    at("contact-line").hidden = contact.length === 0 || !this.visit.thread.parts.some(({ part }) => part === "identity");
    at("matrix").replaceChildren(...this.matrix(rows));
    const named = at<HTMLSelectElement>("named");
    named.replaceChildren(...[...named.options].slice(0, 1));
    for (const { code } of namable(this.visit)) {
      named.append(element("option", institutionName(code, this.visit.directory.institutions.get(code)?.name), { value: code }));
    }
  }

  read(): Wish {
    const choice = at("choices").querySelector<HTMLInputElement>("input:checked")?.value ?? ALONE;
    return {
      rows: rowsOf(choice, this.ticked(), this.consent, at<HTMLInputElement>("contact").checked),
      counted: choice !== ALONE && at<HTMLInputElement>("counted").checked,
      named: at<HTMLSelectElement>("named").value,
    };
  }

  private choiceLine(code: string, checked: boolean): HTMLElement {
    const box = element("input", [], { type: "radio", name: "choice", value: code, id: `choice-${code}` });
    box.checked = checked;
    return element("p", [box, element("label", word(`thread-choice-${code}`), { for: `choice-${code}` })], { class: "choice" });
  }

  /** One box for each pair that a person can say yes to. Ticking one makes the choice their own. */
  private matrix(rows: ConsentRow[]): HTMLElement[] {
    const cells = this.consent.matrix.filter((cell) => cell.leave === "explicit" || cell.leave === "general");
    const beside = [this.consent.keep, ...contactRows(this.consent)];
    const asked = cells.filter((cell) => !beside.some((one) => same(cell, one)));
    const purposes = [...new Set(asked.map(({ purpose }) => purpose))];
    return purposes.map((purpose) => {
      const lines = asked.filter((cell) => cell.purpose === purpose).map((cell) => this.cellLine(cell, rows));
      const fold = element("details", [element("summary", this.labels.purpose(purpose)), ...lines]);
      fold.open = lines.some((line) => line.querySelector(":checked") !== null);
      return fold;
    });
  }

  private cellLine(cell: Consent["matrix"][number], rows: ConsentRow[]): HTMLElement {
    const id = `cell-${cell.purpose}-${cell.recipient_kind}`;
    const box = element("input", [], { type: "checkbox", id });
    box.dataset["cell"] = `${cell.purpose} ${cell.recipient_kind}`;
    box.checked = rows.some((row) => same(row, cell));
    box.addEventListener("change", () => {
      at<HTMLInputElement>(`choice-${OWN}`).checked = true;
    });
    const lines: Node[] = [box, element("label", this.labels.kind(cell.recipient_kind), { for: id })];
    if (cell.double_warning) lines.push(element("span", word("thread-twice"), { class: "hint", id: `${id}-twice` }));
    if (cell.double_warning) box.setAttribute("aria-describedby", `${id}-twice`);
    return element("p", lines, { class: "choice" });
  }

  /** A ticked box keeps the parts it had; a new one hands out what was told, never the name: that is its own choice above. */
  private ticked(): ConsentRow[] {
    const boxes = [...at("matrix").querySelectorAll<HTMLInputElement>("input:checked")];
    return boxes.flatMap(({ dataset }) => {
      const [purpose, recipient_kind] = (dataset["cell"] ?? "").split(" ");
      const cell = this.consent.matrix.find((one) => one.purpose === purpose && one.recipient_kind === recipient_kind);
      if (!cell) return [];
      const had = this.visit.thread.consent.find((row) => same(row, cell));
      const parts = had?.parts ?? cell.parts.filter((part) => part !== "identity" && part !== "authority");
      return [{ purpose: cell.purpose, recipient_kind: cell.recipient_kind, parts }];
    });
  }
}
