// What becomes of answers in the sealing form, in a real browser: node web/test/browser/answers.mjs BASE_URL LANGUAGE OUT_DIR
// A part that is skipped is left empty; what is typed outlives a reload of its page, and is shown to no other page unasked. What helps
// stands at once below an act, without network; each act and each of those who are reported is asked about; of choices that say the
// contrary one stands, and the lists say what follows; the phone's own voice reads a part aloud.
// Prints one JSON line; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, lookHere, until, words } from "./browser.mjs";

const [base, language, out] = words("answers.mjs BASE_URL LANGUAGE OUT_DIR");
const WORDS = "kanarinac u nacrtu";

const seen = { ok: false, said: [] };
const { browser, context, page } = await launch(seen, { viewport: { width: 360, height: 640 } });

const topic = (of = page) => of.locator("section[data-topic]:visible").getAttribute("data-topic");
const skip = page.locator("form .steps .quiet").first();
const status = () => page.locator("#status").innerText();

async function open(at = page) {
  await at.goto(new URL(`/${language}/report`, base).href);
  await at.waitForSelector("html[data-ready]", { state: "attached" });
}

async function stepTo(wanted) {
  for (let most = 30; most > 0 && (await topic()) !== wanted; most -= 1) await page.locator("form .steps .main").click();
  expect((await topic()) === wanted, `no step leads to ${wanted}`);
}

const tick = (selector) =>
  page.locator(selector).first().evaluate((box) => {
    box.closest("details")?.setAttribute("open", "");
    box.click();
  });

/** Ticked and typed, then skipped: gone, said so, and still gone on the way back. */
async function skipped(name, fill, left) {
  await stepTo(name);
  const plain = await skip.innerText();
  await fill();
  const warned = await skip.innerText();
  expect(warned !== plain, `${name}: the button does not say that it drops something`);
  await skip.click();
  expect((await topic()) !== name, `${name} is not left`);
  seen.said.push(await status());
  expect(seen.said.at(-1).length > 10, `${name}: nobody says that answers were dropped`);
  await page.goBack();
  expect((await topic()) === name, "back leads somewhere else");
  expect((await left()) === 0, `${name}: what was skipped is still there`);
  expect((await skip.innerText()) === plain, `${name}: an empty part is said to hold something`);
  expect((await status()) === "", "what was said stays beside another part");
}

async function skips() {
  const checked = (name) => page.locator(`[name="${name}"]:checked:not([value=""])`).count();
  await skipped("danger", () => page.locator('[name="still_in_danger"]').first().check(), () => checked("still_in_danger"));
  await skipped("acts", () => tick('[name="acts"][value="PUSH-01"]'), () => checked("acts"));
  const rooms = () => page.locator('[data-repeat="people"]').count();
  await skipped(
    "people",
    async () => {
      await page.fill('[name="people.0.count"]:not([type="checkbox"])', "3");
      await page.locator('section[data-topic="people"] > button').click();
      await page.fill('[name="people.1.count"]:not([type="checkbox"])', "2");
    },
    async () => (await rooms()) - 1 + (await page.inputValue('[name="people.0.count"]:not([type="checkbox"])')).length,
  );
  const narrative = 'textarea[name="account.narrative"]';
  await skipped("words", () => page.fill(narrative, WORDS), async () => (await page.inputValue(narrative)).length);
}

/** What cannot be read is said above, with a way to the field, and at the field; once mended it is said no more. */
async function odd() {
  await stepTo("people");
  const count = '[name="people.0.count"]:not([type="checkbox"])';
  await page.fill(count, "many");
  await page.locator("form .steps .main").click();
  expect((await topic()) === "people", "a number that is none lets go");
  expect(await page.evaluate(() => document.activeElement?.matches(".summary")), "the focus is not on what was found");
  seen.pages = { odd: await lookHere(page) };
  await page.screenshot({ path: join(out, `odd-${language}.png`) });
  await page.locator(".summary a").click();
  expect(await page.evaluate((field) => document.activeElement?.matches(field), count), "no way to the field");
  expect((await page.locator(".odd").count()) === 1, "the field does not say what is odd");
  await page.fill(count, "");
  await page.locator("form .steps .main").click();
  expect((await page.locator(".odd, .summary:visible, [aria-invalid]").count()) === 0, "what was mended is still said");
}

const NAMES = 'select[name="accused"]';

/** The list of names comes once the form is used. */
async function name(institution) {
  await page.waitForFunction((list) => document.querySelector(list).options.length > 20, NAMES);
  await page.locator(NAMES).first().evaluate((list, value) => {
    list.value = value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }, institution);
}

/** Whoever was named is named still, by name and not by code. */
const isNamed = (list) => {
  const [chosen] = document.querySelector(list).selectedOptions;
  return chosen?.value === "institution:BA-BP" && !chosen.text.includes("institution:");
};

async function reloads() {
  const narrative = 'textarea[name="account.narrative"]';
  await page.fill(narrative, WORDS);
  await name("institution:BA-BP");
  await page.waitForTimeout(900);
  await page.reload();
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.waitForFunction((field) => document.querySelector(field)?.value !== "", narrative);
  expect((await topic()) === "words", "a reload leads to another part");
  await until(page, isNamed, NAMES);
  await name("");
  expect((await page.inputValue(narrative)) === WORDS, "a reload changes what was typed");
  await page.screenshot({ path: join(out, `answers-${language}.png`), fullPage: true });
}

const named = (name, value) => `[name="${name}"][value="${value}"]`;

/** Health first, whom to call and until when, right below what was ticked, with no network and no further press. */
async function helps() {
  await stepTo("sexual");
  await context.setOffline(true);
  await tick(named("acts", "SEXV-01"));
  const shown = page.locator('section[data-topic="sexual"] [data-helps]:visible');
  expect((await shown.locator("li:visible").count()) === 3, "three sentences do not stand below the act");
  expect(/72|۷۲/.test(await shown.locator("li:visible").first().innerText()), "health does not come first");
  expect((await shown.locator('li:visible a[href="tel:124"]').count()) === 1, "nobody says whom to call");
  await page.screenshot({ path: join(out, `helps-${language}.png`) });
  await tick(named("acts", "SEXV-01"));
  expect((await shown.count()) === 0, "help stands below an act that was not ticked");
  await context.setOffline(false);
}

/** Two acts and two of those who are reported: each has questions of its own. */
async function details() {
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => document.querySelector("section[data-topic]:not([hidden])")?.dataset.topic === "acts");
  for (const act of ["PUSH-01", "FORC-01"]) await tick(named("acts", act));
  await stepTo("means");
  expect((await page.locator('section[data-topic="means"] fieldset.room:visible').count()) === 2, "not each act is asked about");
  await page.locator(named("each.FORC-01.means", "M-BATON")).check();
  await page.screenshot({ path: join(out, `details-${language}.png`), fullPage: true });
  await stepTo("accused");
  await tick(named("accused", "P-HRPOL"));
  await page.selectOption('[name="each.P-HRPOL.involvement"]', "I-PRESENT");
  await page.waitForTimeout(900);
  await page.reload();
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.waitForFunction(() => document.querySelector('[name="each.P-HRPOL.involvement"]')?.value === "I-PRESENT");
  expect(await page.isChecked(named("each.FORC-01.means", "M-BATON")), "a reload loses the details of an act");
  await tick(named("accused", "P-HRPOL"));
  expect((await page.locator('[name="each.P-HRPOL.involvement"]').count()) === 0, "somebody is asked about who is not reported");
}

/** Choices that say the contrary keep each other out, and the lists say what follows from those that stand. */
async function choices() {
  const readers = (name) => page.locator(`section[data-topic="readers"] [data-readers="${name}"] > li`);
  const choose = async (...choices) => {
    await stepBackTo("consent");
    for (const [name, value] of choices) await tick(named(name, value));
    await stepTo("readers");
    await page.waitForSelector('[data-readers="can-read"]:visible li');
  };
  const ticked = () => page.locator('section[data-topic="consent"] input[type="checkbox"]:checked').evaluateAll((all) => all.map((box) => `${box.name}=${box.value}`));
  await stepTo("consent");
  await choose(["consent", "help"]);
  expect((await readers("may-read").count()) === 3, "whom it may be passed on to is not said");
  await choose(["consent", "keep"]);
  expect((await ticked()).join() === "consent=keep", `nothing more stands beside more: ${await ticked()}`);
  expect((await readers("may-read").count()) === 0, "nothing more, and yet it is passed on");
  await choose(["consent.row", "C-CRIM/K-PROS"]);
  expect((await ticked()).join() === "consent.row=C-CRIM/K-PROS", `nothing more stands beside a detail: ${await ticked()}`);
  expect((await readers("will-hear").count()) > 0, "nobody says who hears of it through a prosecutor");
  await choose(["consent", "complain"], ["consent", "complain-with-name"]);
  expect(!(await ticked()).includes("consent=complain"), "with and without a name at once");
  await choose(["consent.only", "yes"]);
  expect((await ticked()).join() === "consent.only=yes", `nobody stands beside somebody: ${await ticked()}`);
  const nobody = await readers("can-read").allInnerTexts();
  expect(nobody.length === 1 && nobody[0].length > 20 && (await page.locator('[data-readers="can-read"] strong').count()) === 0, "nobody is not said to read it");
}

async function stepBackTo(wanted) {
  for (let most = 5; most > 0 && (await topic()) !== wanted; most -= 1) {
    await page.locator("form .steps .quiet").last().click();
    await page.waitForTimeout(100);
  }
}

/** Another page of the same browser only says that something was begun. */
async function elsewhere() {
  const other = await context.newPage();
  await open(other);
  await other.locator("#draft:visible").waitFor();
  expect((await topic(other)) === "danger", "another page begins in the middle");
  expect((await other.inputValue('textarea[name="account.narrative"]')) === "", "another page shows what was typed unasked");
  await other.locator("#draft-continue").click();
  expect((await other.inputValue('textarea[name="account.narrative"]')) === WORDS, "what was begun is lost");
}

/** A phone with voices: one of its own and one that sends what it reads away. Every line lasts a moment. */
const voices = (lang) => {
  const speech = Object.assign(new EventTarget(), {
    said: [],
    speaking: false,
    voices: [{ lang, localService: false }],
    getVoices: () => speech.voices,
    speak(one) {
      speech.speaking = true;
      speech.said.push({ text: one.text, own: one.voice.localService });
      speech.next = setTimeout(() => {
        speech.speaking = false;
        one.onend();
      }, 100);
    },
    cancel() {
      speech.speaking = false;
      clearTimeout(speech.next);
    },
  });
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
};

/** The phone's own voice, and no other, reads the part that is shown; who goes on, or presses again, hears no more. */
async function listens() {
  const other = await context.newPage();
  await other.addInitScript(voices, language);
  await open(other);
  const listen = other.locator("#questions > button.quiet");
  const said = () => other.evaluate(() => speechSynthesis.said);
  expect(!(await listen.isVisible()), "a voice that sends what it reads away is offered");
  await other.evaluate((lang) => {
    speechSynthesis.voices.push({ lang: `${lang}-XX`, localService: true });
    speechSynthesis.dispatchEvent(new Event("voiceschanged"));
  }, language);
  await listen.click();
  const legend = await other.locator("section:visible legend").first().innerText();
  await until(other, (line) => speechSynthesis.said.some(({ text }) => text === line), legend);
  expect((await said()).every(({ own }) => own), "another voice than the phone's own reads");
  for (const silence of [listen, other.locator("form .steps .main")]) {
    await silence.click();
    const before = (await said()).length;
    await other.waitForTimeout(300);
    expect((await said()).length === before, "it is read on");
    if (silence === listen) await listen.click();
  }
  await other.close();
}

await conclude(seen, { browser, page, picture: join(out, "answers-failure.png") }, async () => {
  await open();
  await skips();
  await reloads();
  await elsewhere();
  await open();
  await helps();
  await details();
  await odd();
  await choices();
  await listens();
});
