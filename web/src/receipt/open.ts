// What follows the digits: the visit, and what a person does in it. Loaded while the digits are typed.

import { utcDay } from "../form/day.ts";
import type { Book } from "../form/book.ts";
import { bringWords } from "../form/later.ts";
import type { Tables } from "../form/tables.ts";
import { ask } from "../offline/answer.ts";
import { sealFile } from "../offline/files.ts";
import { type Begun, upload } from "../offline/tus.ts";
import { word } from "../page.ts";
import { offerVoice } from "../speak.ts";
import { codeOf, Refusal } from "../refusal.ts";
import { add, type Addition, consent, type Country, undo, type Way, withdraw } from "./acts.ts";
import { at, refusalWord } from "./dom.ts";
import { tellAll } from "./door.ts";
import { Labels } from "./labels.ts";
import { showNext } from "./next.ts";
import { ThreadPage } from "./thread.ts";
import { Visit } from "./visit.ts";
import { WishForm } from "./wish.ts";

export const tell = (sentence: string): void => {
  at("status").textContent = sentence;
};

const today = (): string => utcDay(Date.now());
const countryTold = async (): Promise<Country> => ({
  tables: await tellAll<Tables>("/api/v1/tables"),
  book: await tellAll<Book>("/api/v1/readers"),
});

/** Opens the thread; gives back whether there was one. */
export async function openThread(digits: string): Promise<void> {
  const visit = await Visit.begin(digits);
  const labels = await Labels.read(document.documentElement.lang);
  await bringWords().catch(() => undefined);
  await show(visit, labels);
  new Acts(visit, labels).listen();
  offerVoice(at("write"));
}

async function show(visit: Visit, labels: Labels): Promise<void> {
  new WishForm(visit, labels).show();
  at("digits").hidden = true;
  at("thread").hidden = false;
  await Promise.all([new ThreadPage(visit, labels).show(today()), showNext(visit.thread)]);
  tell("");
  at("standing").focus();
}

/** Each act is signed on what is kept by now, sent, and shown as the server has it then. */
class Acts {
  constructor(
    private visit: Visit,
    private readonly labels: Labels,
  ) {}

  listen(): void {
    this.on("write", async (visit) => add(visit, await countryTold(), written(), WAY), "thread-sent");
    this.on("interview", async (visit) => add(visit, await countryTold(), told(), WAY), "thread-sent");
    this.on("consent", async (visit) => consent(visit, await countryTold(), new WishForm(visit, this.labels).read()), "thread-consent-kept");
    this.on("withdraw", async (visit) => withdraw(visit));
    this.on("undo", async (visit) => undo(visit));
  }

  private on(id: string, act: (visit: Visit) => Promise<Uint8Array>, done?: string): void {
    const form = at<HTMLFormElement>(id);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run(form, act, done);
    });
  }

  private async run(form: HTMLFormElement, act: (visit: Visit) => Promise<Uint8Array>, done?: string): Promise<void> {
    const buttons = form.querySelectorAll("button");
    buttons.forEach((button) => (button.disabled = true));
    // A page can be long, and whoever pressed looks there.
    form.append(at("status"));
    tell(word("thread-working"));
    try {
      const now = await this.visit.again();
      await now.door.state(await act(now));
      this.visit = await now.again();
      form.reset();
      at("thread").before(at("status"));
      await show(this.visit, this.labels);
      if (done !== undefined) tell(word(done));
    } catch (cause) {
      tell(refusalWord(codeOf(cause)));
    } finally {
      buttons.forEach((button) => (button.disabled = false));
    }
  }
}

const text = (id: string): string => at<HTMLTextAreaElement>(id).value;

function written(): Addition {
  const [message, files] = [text("write-text"), [...(at<HTMLInputElement>("write-files").files ?? [])]];
  if (files.length === 0 && message.trim() === "") throw new Refusal("nothing-chosen");
  return { message, files };
}

function told(): Addition {
  const account = text("interview-text");
  if (account.trim() === "") throw new Refusal("nothing-chosen");
  return { account };
}

/** Sealed in a worker; what was sent of a file is remembered only as long as this page. */
const WAY: Way = {
  seal: (place, file) => sealFile(place, file),
  upload(sealed) {
    let begun: Begun | undefined;
    const memory = { read: () => Promise.resolve(begun), write: (one: Begun) => Promise.resolve(void (begun = one)) };
    return upload(ask, sealed, memory);
  },
};
