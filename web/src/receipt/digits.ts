// Typing digits back: six boxes, any numerals, pasted whole or group by group. What was typed is held here only.

import { GROUP, groupsOf, readDigits, type Typed } from "../form/digits.ts";
import { word } from "../page.ts";

const SENTENCE: Partial<Record<Typed["state"], string>> = {
  good: "thread-good",
  mistyped: "thread-mistyped",
  "too-long": "thread-too-many",
  letter: "thread-letter",
};

export class DigitBoxes {
  private readonly boxes: HTMLInputElement[];
  private readonly check: HTMLElement | null;

  constructor(form: HTMLFormElement) {
    this.boxes = [...form.querySelectorAll<HTMLInputElement>("input")];
    this.check = form.querySelector("[role=status]");
    for (const [place, box] of this.boxes.entries()) {
      box.addEventListener("input", () => this.typed(place));
      box.addEventListener("paste", (event) => this.pasted(event, place));
      box.addEventListener("keydown", (event) => this.stepBack(event, place));
    }
  }

  read(): Typed {
    return readDigits(this.boxes.map(({ value }) => value).join(" "));
  }

  focus(): void {
    this.boxes[0]?.focus();
  }

  clear(): void {
    for (const box of this.boxes) box.value = "";
    this.tell();
  }

  private typed(place: number): void {
    const box = this.boxes[place];
    if (!box) return;
    const { state, digits } = readDigits(box.value);
    // A box that got more than its group hands the rest on; digits are shown as they were typed while they fit.
    if (state !== "letter" && digits.length > GROUP) this.spread(digits, place);
    else if (state !== "letter" && digits.length === GROUP) this.boxes[place + 1]?.focus();
    this.tell();
  }

  private pasted(event: ClipboardEvent, place: number): void {
    const { state, digits } = readDigits(event.clipboardData?.getData("text") ?? "");
    if (state === "letter" || digits === "") return;
    event.preventDefault();
    this.spread(digits, digits.length > GROUP ? 0 : place);
    this.tell();
  }

  private spread(digits: string, from: number): void {
    const groups = groupsOf(digits);
    const fits = this.boxes.length - from;
    for (const [at, group] of groups.slice(0, fits).entries()) {
      const box = this.boxes[from + at];
      if (box) box.value = at === fits - 1 ? groups.slice(at).join("") : group;
    }
    this.boxes[Math.min(from + groups.length, this.boxes.length) - 1]?.focus();
  }

  private stepBack(event: KeyboardEvent, place: number): void {
    if (event.key !== "Backspace" || this.boxes[place]?.value !== "") return;
    event.preventDefault();
    this.boxes[place - 1]?.focus();
  }

  private tell(): void {
    const { state } = this.read();
    const key = SENTENCE[state];
    if (!this.check) return;
    this.check.textContent = key === undefined ? "" : word(key);
    this.check.dataset["state"] = state === "good" ? "good" : key === undefined ? "" : "wrong";
  }
}
