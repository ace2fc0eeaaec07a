// The way from answers to a kept report. Nothing is sent but what was sealed; if sealing fails, nothing is sent at all.

import type { Attachments } from "../offline/attachments.ts";
import type { Attached, Drawn, Filing } from "./filing.ts";
import { entriesOf, saidOf } from "./fields.ts";
import type { Done } from "./kept.ts";
import { element, find, say } from "./view.ts";

type Rest = typeof import("./rest.ts");

interface Loaded extends Rest {
  filing: Filing;
}

/** What shows chosen files comes with what seals, before anybody gets to choose one. */
const files = (): Promise<typeof import("../offline/attachments.ts")> => import("../offline/attachments.ts");
const rest = (): Promise<Rest> => import("./rest.ts");

export class Sender {
  #loading: Promise<Loaded> | undefined;
  #loaded: Loaded | undefined;
  #entered = false;

  /** What was chosen in each field of files. */
  readonly #attachments = new Map<HTMLInputElement, Attachments>();

  constructor(readonly form: HTMLFormElement, readonly forgetDraft: () => void) {
    form.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.type === "file") void this.#attach(target);
    });
  }

  async #attach(input: HTMLInputElement): Promise<void> {
    const [{ Attachments }, { bringWords }] = await Promise.all([files(), rest()]);
    await bringWords();
    const attachments = this.#attachments.get(input) ?? new Attachments();
    this.#attachments.set(input, attachments);
    input.after(attachments.view);
    await attachments.show([...(input.files ?? [])]);
  }

  /** Every file that stands in a field, whether or not it could be shown. */
  #attached(): Attached {
    const inputs = [...this.form.querySelectorAll<HTMLInputElement>('input[type="file"]')];
    const files = inputs.flatMap((input) => this.#attachments.get(input)?.chosen ?? [...(input.files ?? [])]);
    const bar = element("progress");
    if (files.length > 0) find("#status")?.append(" ", bar);
    return { files, told: (done) => (bar.value = done) };
  }

  /** Brings the code on idle: the first question is answered without it. */
  warm(): void {
    void rest().catch(() => undefined);
  }

  /** Loads what sealing needs, directory and tables as well; asked again after it failed. */
  load(): void {
    this.#loading ??= this.#load();
    this.#loading.then(
      (loaded) => {
        this.#loaded = loaded;
        loaded.repeatLists();
        this.changed();
      },
      () => {
        this.#loading = undefined;
      },
    );
  }

  entered(topic: string): void {
    // Whoever looks at the first question may go again: the rest is fetched for who goes on.
    if (this.#entered) this.load();
    this.#entered = true;
    this.changed();
    if (topic !== "readers") return;
    void this.#loading?.then(({ filing }) => filing.prepare()).catch(() => undefined);
  }

  /** An answer changed: the lists follow at once. */
  changed(): void {
    if (!this.#loaded) return;
    const { filing, showLists, showOperator } = this.#loaded;
    const drawn: Drawn = filing.draw(entriesOf(this.form));
    showLists(drawn);
    showOperator(drawn);
  }

  async #load(): Promise<Loaded> {
    const loaded = await rest();
    const language = document.documentElement.lang.split("-")[0] ?? "";
    const [filing] = await Promise.all([loaded.Filing.begin({ language, channel: "CH-WEB" }), loaded.bringWords(), loaded.carrying(), files()]);
    loaded.offerVoice(this.form);
    // By a clock that is wrong every day seems still to come.
    if (filing.ground.age === "early") for (const field of this.form.querySelectorAll<HTMLInputElement>("[max]")) field.max = "";
    return { ...loaded, filing };
  }

  /** Seals and sends; whether it was kept or waits. */
  async send(): Promise<boolean> {
    const show = (done: Done): void => {
      this.forgetDraft();
      void rest().then(({ showKept }) => showKept(done));
    };
    say("form-sealing");
    try {
      this.load();
      const { filing, file } = await (this.#loading ?? this.#load());
      const answers = { entries: entriesOf(this.form), said: saidOf(this.form), attached: this.#attached() };
      const done = await file(filing, answers);
      say(done.fate === "kept" ? "form-sent" : "form-waits");
      show(done);
      return true;
    } catch (cause) {
      // No way round: what could not be sealed or was not kept is said so, and the answers stay on the page.
      await rest().then(({ tellWhy }) => tellWhy(cause, show)).catch(() => say("form-not-sealed"));
      return false;
    }
  }
}
