// Speaking instead of writing: a recording made in the page becomes a file of the field it stands beside, and goes the way of any
// file. It is in this page's memory and nowhere else. A piece of code of its own: it says with what its page hands it.

import type { numerals, word } from "./page.ts";

/** What the page says with. */
export interface Says {
  word: typeof word;
  numerals: typeof numerals;
}

const SECOND = 1000;

export class Voice {
  readonly #about = made("p");
  readonly #status = made("p");
  readonly #clock = made("p");
  readonly #act = made("button");
  readonly #takes = made("ul");
  /** What was chosen, not spoken. */
  #chosen: File[];
  #recordings: File[] = [];
  #isOurs = false;
  #recorder: MediaRecorder | undefined;

  /** Says what happens before anything is asked for. */
  constructor(readonly input: HTMLInputElement, place: HTMLElement, readonly says: Says) {
    this.#chosen = [...(input.files ?? [])];
    this.#about.textContent = says.word("voice-about");
    this.#status.setAttribute("role", "status");
    // Seen, and not read aloud each second.
    this.#clock.setAttribute("role", "timer");
    this.#act.type = "button";
    this.#act.addEventListener("click", () => void this.#press());
    this.#idle("voice-start");
    place.append(this.#about, this.#status, this.#clock, this.#act, this.#takes);
    input.addEventListener("change", (event) => this.#choose(event));
    input.form?.addEventListener("reset", () => this.#forget());
    input.form?.addEventListener("submit", (event) => this.#hold(event), { capture: true });
    this.#act.focus();
  }

  #idle(key: string): void {
    this.#recorder = undefined;
    this.#act.textContent = this.says.word(key);
  }

  async #press(): Promise<void> {
    if (this.#recorder) return this.#recorder.stop();
    this.#act.disabled = true;
    try {
      this.#record(await navigator.mediaDevices.getUserMedia({ audio: true }));
    } catch {
      this.#status.textContent = this.says.word("voice-not");
    } finally {
      this.#act.disabled = false;
    }
  }

  #record(microphone: MediaStream): void {
    const recorder = new MediaRecorder(microphone);
    const began = Date.now();
    const tell = (): void => {
      // Whoever goes on to another part has said what they wanted to say.
      if (this.#act.offsetParent === null) return recorder.stop();
      this.#clock.textContent = this.says.word("voice-time", { time: this.#time(Date.now() - began) });
    };
    const ticks = setInterval(tell, SECOND);
    const pieces: Blob[] = [];
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      clearInterval(ticks);
      this.#clock.textContent = "";
      // The microphone's own light goes out.
      for (const track of microphone.getTracks()) track.stop();
      if (this.#recorder === recorder) this.#keep(new File(pieces, "voice", { type: recorder.mimeType }));
    });
    this.#recorder = recorder;
    this.#act.textContent = this.says.word("voice-stop");
    this.#status.textContent = "";
    recorder.start();
    tell();
  }

  #time(milliseconds: number): string {
    const seconds = Math.floor(milliseconds / SECOND);
    return this.says.numerals(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  }

  #keep(recording: File): void {
    this.#idle("voice-another");
    this.#status.textContent = this.says.word("voice-done");
    this.#recordings.push(recording);
    const [take, listen, away] = [made("li"), made("audio"), made("button")];
    listen.controls = true;
    listen.src = URL.createObjectURL(recording);
    away.type = "button";
    away.textContent = this.says.word("voice-delete");
    away.addEventListener("click", () => {
      URL.revokeObjectURL(listen.src);
      take.remove();
      this.#recordings = this.#recordings.filter((one) => one !== recording);
      this.#status.textContent = this.says.word("voice-deleted");
      this.#tell();
      this.#act.focus();
    });
    take.append(listen, " ", away);
    this.#takes.append(take);
    this.#tell();
  }

  /** Whoever chooses files after speaking has both; a part that was skipped holds nothing that was said in it. */
  #choose({ isTrusted }: Event): void {
    if (this.#isOurs) return;
    this.#chosen = [...(this.input.files ?? [])];
    if (this.#chosen.length === 0 && !isTrusted) this.#forget();
    else this.#fill();
  }

  /** What is still being said is not left behind: it ends, and can be heard before it is sent. */
  #hold(event: Event): void {
    if (!this.#recorder) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#recorder.stop();
  }

  /** To whoever listens to the field, a recording is a file that was chosen. */
  #tell(): void {
    this.#fill();
    this.#isOurs = true;
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.#isOurs = false;
  }

  #fill(): void {
    const held = new DataTransfer();
    for (const file of [...this.#chosen, ...this.#recordings]) held.items.add(file);
    this.input.files = held.files;
  }

  /** What was sent is in the report now, and what was skipped is nowhere. */
  #forget(): void {
    const recorder = this.#recorder;
    this.#idle("voice-start");
    recorder?.stop();
    for (const listen of this.#takes.querySelectorAll("audio")) URL.revokeObjectURL(listen.src);
    this.#takes.replaceChildren();
    [this.#chosen, this.#recordings] = [[], []];
    this.#status.textContent = "";
  }
}

function made<K extends keyof HTMLElementTagNameMap>(name: K): HTMLElementTagNameMap[K] {
  return document.createElement(name);
}
