// Drives the members' dashboard in a real browser:
//   node web/test/browser/dashboard.mjs BASE_URL KEY_FILE REPORT_ID TARGET_INSTITUTION OUT_DIR [SECOND_KEY_FILE GUARDIAN GUARDIAN_KEY_FILE | --altered]
// sign in → queue → case → parts opened → reply, note, correction, verification → refer with preview → close → reopen →
// with a second key: the guardian asked with a note for a vital interest, confirmed by the second member → handed over →
// with the guardian's key: the notice that this is all there is, the note opened, an answer → sign out. With --altered: the case of a report whose facets were edited in the database says so.
// Each page is looked at by axe, and at 320 px nothing runs out of it.
// Prints one JSON line; exits 1 on the first thing that is not as it must be. Screenshots go to OUT_DIR.

import { join } from "node:path";
import { conclude, expect, launch, lookAt, words } from "./browser.mjs";

const altered = process.argv.includes("--altered");
const [base, keyFile, report, target, out, secondKey, guardian, guardianKey] = words(
  "dashboard.mjs BASE_URL KEY_FILE REPORT_ID TARGET_INSTITUTION OUT_DIR [SECOND_KEY_FILE GUARDIAN GUARDIAN_KEY_FILE | --altered]",
);
const NOTE = "A child waits at the station. Ask for the night shift.";

const seen = { ok: false, pages: {}, opened: [], acts: [], preview: {}, requests: 0, keySent: false };
const { browser, context, page } = await launch(seen);
page.on("request", (request) => watch(request));

/** Nothing of the key file may ever leave the browser. */
function watch(request) {
  seen.requests += 1;
  if ((request.postData() ?? "").includes("AGE-SECRET-KEY")) seen.keySent = true;
}

async function look(name) {
  await page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
  seen.pages[name] = await lookAt(browser, context, page.url());
  await page.setViewportSize({ width: 320, height: 640 });
  await page.screenshot({ path: join(out, `${name}-320.png`), fullPage: true });
  await page.setViewportSize({ width: 1100, height: 900 });
}

/** Unfolds a form by its act with the keyboard alone, fills it, sends it, and waits for the case to come back. */
async function state(act, fill) {
  const form = page.locator(`form[data-act="${act}"]`);
  const fold = page.locator(`details:has(> form[data-act="${act}"])`);
  if (await fold.count()) {
    await fold.locator("> summary").focus();
    await page.keyboard.press("Enter");
  }
  await form.waitFor();
  await fill(form);
  const before = (await statements()).length;
  await form.locator('button[type="submit"]').focus();
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await page.waitForSelector("html[data-ready]");
  const after = await statements();
  expect(after.length > before, `${act} left no line in the history`);
  seen.acts.push(act);
}

const statements = () => page.locator(".statements > li").allInnerTexts();

/** What a member does on the case, each from its form. */
async function work() {
  await state("reply", (form) => form.locator("textarea").fill("We have read this. Are you safe now?"));
  await state("note", (form) => form.locator("textarea").fill("Call the shelter on Monday."));
  await state("code", async (form) => {
    await page.waitForSelector("details[data-shown]");
    seen.coded = await form.locator('input[name="acts"]:checked').evaluateAll((all) => all.map((box) => box.value));
    await form.locator("#code-FORC-01").check();
  });
  const acts = page.locator('form[data-act="verify"] select[data-verify]');
  expect((await acts.count()) > 0, "nothing can be verified");
  await state("verify", async (form) => {
    for (const one of await form.locator("select[data-verify]").all()) await one.selectOption({ index: 1 });
  });
  const labels = await page.locator("#known + dl dd").allInnerTexts();
  expect(!labels.some((text) => /\b[A-Z]{2,5}-\d{2}\b|\bP-[A-Z]+\b/.test(text)), "a raw code is shown to a person");
}

async function closeAndReopen() {
  await state("pause", (form) => form.locator("select").selectOption({ index: 0 }));
  await state("resume", async () => undefined);
  await state("close", (form) => form.locator("select").selectOption({ index: 1 }));
  await state("reopen", async () => undefined);
}

/** The guardian is asked with a note alone, for a vital interest; whoever asked cannot confirm it. */
async function protect() {
  await page.click(`a[href="/reports/${report}/refer/${guardian}"]`);
  await page.waitForSelector("html[data-ready]");
  expect(await page.isChecked("#basis"), "a required referral does not say what it rests on");
  await page.fill("#note", NOTE);
  expect(await page.isVisible("#seen [data-least]"), "the preview does not say how little they see");
  expect(!(await page.isVisible("#seen [data-whole]")), "the preview promises more than they see");
  await look("refer-guardian");
  if (await page.locator("#hazard").count()) await page.check("#hazard");
  await page.click('form[data-act="refer"] button[type="submit"]');
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
  expect(await page.isVisible(".waiting"), "nobody is told that a second member is waited for");
  expect((await page.locator('form[data-act="confirm"]').count()) === 0, "who asked is offered to confirm");
}

async function confirm() {
  await signOut();
  await signIn(secondKey);
  expect(await page.isVisible(".waiting"), "the queue does not list what waits for a second member");
  await look("queue-waiting");
  await page.click(`.waiting a[href="/reports/${report}"]`);
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
  await look("case-waiting");
  await state("confirm", async () => undefined);
  expect((await page.locator(".waiting").count()) === 0, "it still waits after somebody confirmed it");
}

async function handOver() {
  await state("hand-over", async (form) => {
    await form.locator('[name="to"]').selectOption("NGO-HCBH");
    await form.locator('[name="done"]').fill("Coded, verified, the guardian was asked.");
    await form.locator('[name="next"]').fill("Wait for the guardian's answer.");
  });
  expect((await page.locator('form[data-act="hand-over"]').count()) === 0, "a case can be handed over twice");
}

/** The guardian is told that the note is all there is, opens it, and answers; nothing of what happened is on the page. */
async function guard() {
  await signOut();
  await signIn(guardianKey);
  await look("queue-guardian");
  await page.click(`a[href="/reports/${report}"]`);
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
  seen.notice = (await page.innerText("p.notice")).trim();
  const parts = await page.locator("details[data-part]").evaluateAll((all) => all.map((part) => part.dataset.part));
  expect(parts.length === 1 && parts[0].startsWith("note/"), `the guardian is shown ${parts}`);
  const note = page.locator("details[data-part]");
  await note.locator("summary").click();
  await note.locator(".checked").waitFor();
  expect((await note.locator("[data-content]").innerText()).trim().startsWith(NOTE), "the note is another");
  const told = await page.locator("main").innerText();
  expect(!told.includes(target) && !/FORC|PUSH|BA-BP|Border Police/.test(told), "the guardian is told what happened");
  const offered = await page.locator("form[data-act]").evaluateAll((all) => all.map((form) => form.dataset.act));
  expect(offered.includes("answer") && !offered.includes("code") && !offered.includes("verify"), `the guardian is offered ${offered}`);
  await look("case-guardian");
  await state("answer", (form) => form.locator("textarea").fill("A guardian is on the way."));
}

async function signIn(key = keyFile) {
  await page.goto(new URL("/sign-in", base).href);
  if (!seen.pages["sign-in"]) await look("sign-in");
  await page.setInputFiles("#key-file", key);
  await page.click("#sign-in button");
  await page.waitForURL("**/queue**");
  await page.waitForSelector("html[data-ready]");
}

async function walkQueue() {
  await look("queue");
  const link = page.locator(`a[href="/reports/${report}"]`);
  expect((await link.count()) === 1, "the report is not in the queue");
  seen.why = (await link.innerText()).trim();
  expect(seen.why.split(/\s+/).length <= 8, "the why is longer than eight words");
  await link.click();
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
}

async function openParts() {
  const headings = await page.locator("h2").evaluateAll((all) => all.map((heading) => heading.id));
  expect(headings.indexOf("needs") < headings.indexOf("known"), "needs stand below what happened");
  expect((await page.locator("details[data-part][open]").count()) === 0, "a part is unfolded before anybody asked");
  await look("case");
  for (const details of await page.locator("details[data-part]").all()) {
    const name = await details.getAttribute("data-part");
    await details.locator("summary").click();
    await details.locator(".checked, .refused").waitFor();
    expect((await details.locator(".refused").count()) === 0, `part ${name} did not open`);
    seen.opened.push(name);
  }
  expect(seen.opened.length > 0, "no part was there to open");
  seen.text = (await page.locator('details[data-part="account"] [data-content]').innerText()).trim().slice(0, 200);
  await page.screenshot({ path: join(out, "case-opened.png"), fullPage: true });
}

async function refer() {
  await page.click(`a[href="/reports/${report}/refer/${target}"]`);
  await page.waitForSelector("html[data-ready]");
  await look("refer");
  const visible = (id) => page.locator(`#${id} > li:visible`).allInnerTexts();
  seen.preview = { see: await visible("seen"), doNotSee: await visible("unseen"), tells: await page.innerText("#tells") };
  const boxes = page.locator('input[name="part"]:enabled');
  expect((await boxes.count()) > 0, "no part may be passed on");
  const first = boxes.first();
  const before = (await visible("seen")).length;
  await first.click();
  expect((await visible("seen")).length !== before, "the preview does not follow the boxes");
  if (!(await first.isChecked())) await first.click();
  if (await page.locator("#hazard").count()) await page.check("#hazard");
  await page.click('form[data-act="refer"] button[type="submit"]');
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
  const statements = await page.locator(".statements > li").allInnerTexts();
  seen.lastStatement = statements.at(-1);
  await page.screenshot({ path: join(out, "case-referred.png"), fullPage: true });
}

async function signOut() {
  await page.click("#sign-out");
  await page.waitForURL("**/sign-in");
  seen.keysLeft = await page.evaluate(keysLeft);
  expect(seen.keysLeft === 0, "keys were left behind after signing out");
  const again = await page.goto(new URL("/queue", base).href);
  expect(again.status() === 401, "the queue is open after signing out");
}

/** How many wrapped keys IndexedDB still holds. */
function keysLeft() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("putokaz", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const count = asked.result.transaction("keys").objectStore("keys").count();
      count.onsuccess = () => resolve(count.result);
    };
  });
}

/** Everything a member does with a case, in one walk. */
async function wholeWalk() {
  await openParts();
  expect(!(await page.isVisible("#altered")), "facets that were signed are called edited");
  await work();
  await refer();
  await closeAndReopen();
  if (guardian) {
    await protect();
    await confirm();
    await handOver();
  }
  await look("case-end");
  if (guardianKey) await guard();
}

/** What the server shows without opening is not what was signed: it is said before anything is opened. */
async function lookAtAltered() {
  await page.locator("#altered").waitFor();
  expect((await page.getAttribute("#altered", "role")) === "alert", "edited facets are not announced");
  await look("case-altered");
}

await conclude(seen, { browser, page, picture: join(out, "dashboard-failure.png") }, async () => {
  await signIn();
  await walkQueue();
  await (altered ? lookAtAltered() : wholeWalk());
  await signOut();
  expect(!seen.keySent, "a secret key left the browser");
});
