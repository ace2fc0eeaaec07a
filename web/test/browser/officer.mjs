// An officer's morning in Bosnian, in a real browser:
//   node web/test/browser/officer.mjs BASE_URL KEY_FILE REPORT_ID OUT_DIR OVERDUE_REPORT_ID
// a wrong key file is refused beside its button → queue: the answer that nobody gave in time, above all else → case: the clock that misses a signature, one click asks for it →
// what cannot be done is refused beside the button that was pressed, in the page's language, and what was written stays.
// Every page is looked at by axe, at 360 px and on a desktop; nothing answers 404, and no day is written for machines.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { conclude, expect, launch, lookAtBothWidths, words } from "./browser.mjs";

const [base, keyFile, report, out, late] = words("officer.mjs BASE_URL KEY_FILE REPORT_ID OUT_DIR OVERDUE_REPORT_ID");
const seen = { ok: false, pages: {}, absent: [] };
const { browser, context, page } = await launch(seen, { locale: "bs-BA" });
context.on("response", (response) => response.status() === 404 && seen.absent.push(new URL(response.url()).pathname));

async function look(name) {
  await lookAtBothWidths(page, seen, [out, `${name}-bs`]);
  const text = await page.locator("main").innerText();
  expect(!/\b20\d\d-\d\d-\d\d\b/.test(text), `a day is written for machines on ${name}`);
  expect((await page.getAttribute("html", "lang")) === "bs", `${name} is not in Bosnian`);
}

/** The refusal beside the button of a form: said at once, and where whoever pressed it is. */
async function refusedBeside(form) {
  const refusal = form.locator('[role="alert"]');
  await refusal.waitFor();
  expect(await refusal.evaluate((told) => told === document.activeElement), "the focus is not on the refusal");
  const [button, told] = [await form.locator('button[type="submit"]').boundingBox(), await refusal.boundingBox()];
  expect(told.y - button.y - button.height < 60, "the refusal is not beside the button");
  expect(await form.locator('button[type="submit"]').isEnabled(), "nobody can try again");
  return (await refusal.innerText()).trim();
}

async function signIn() {
  await page.goto(new URL("/sign-in", base).href);
  const wrong = join(out, "wrong-key.json");
  writeFileSync(wrong, "{}");
  await page.setInputFiles("#key-file", wrong);
  await page.click("#sign-in button");
  seen.wrongKey = await refusedBeside(page.locator("#sign-in"));
  expect(/ključ/.test(seen.wrongKey), `a wrong key file is told: ${seen.wrongKey}`);
  await look("officer-sign-in");
  await page.setInputFiles("#key-file", keyFile);
  await page.click("#sign-in button");
  await page.waitForURL("**/queue");
  await page.waitForSelector("html[data-ready]");
}

/** What nobody answered in time stands above the queue, in words, and leads to its case. */
async function answersOverdue() {
  const overdue = page.locator("section.overdue");
  const [section, queue] = [await overdue.boundingBox(), await page.locator("ol.queue").boundingBox()];
  expect(section.y + section.height <= queue.y, "it stands below the queue");
  expect((await overdue.locator("li").count()) === 1, "not the one answer that is overdue is listed");
  seen.overdue = (await overdue.locator("li").innerText()).trim();
  expect(/3 dana preko roka$/.test(seen.overdue), `the line says: ${seen.overdue}`);
  await overdue.locator(`a[href="/reports/${late}"]`).click();
  await page.waitForURL(`**/reports/${late}`);
  await page.waitForSelector("html[data-ready]");
  expect((await page.locator(".clocks > li", { hasText: "3 dana preko roka" }).count()) === 1, "the case does not say so");
  await page.goBack();
  await page.waitForSelector("html[data-ready]");
}

async function askForTheSignature() {
  const clock = page.locator(".clocks > li", { hasText: "nedostaje potpis" });
  seen.clock = (await clock.innerText()).split("\n")[0].trim();
  expect(/^.+: Preosta(o|la|lo) \d+ dan.? · nedostaje potpis/.test(seen.clock), `the clock says: ${seen.clock}`);
  await Promise.all([page.waitForEvent("load"), clock.getByRole("button").click()]);
  await page.waitForSelector("html[data-ready]");
  expect(/zatražen/.test(await clock.innerText()), "nobody sees that the signature was asked for");
  expect((await clock.getByRole("button").count()) === 0, "it is asked for twice");
}

const unfold = (act) => page.locator(`details:has(> form[data-act="${act}"]) > summary`).click();

async function refusals() {
  await unfold("verify");
  const verify = page.locator('form[data-act="verify"]');
  await verify.locator('> button[type="submit"]').click();
  seen.nothing = await refusedBeside(verify);

  // Somebody else of the house stopped the clock meanwhile: what this page offers is no longer so.
  await unfold("pause");
  await stopElsewhere();
  const pause = page.locator('form[data-act="pause"]');
  await pause.locator('button[type="submit"]').click();
  seen.stale = await refusedBeside(pause);
  expect(/[čćšž]/.test(seen.stale), `the server's refusal is not in the page's language: ${seen.stale}`);

  await unfold("reply");
  const reply = page.locator('form[data-act="reply"]');
  await reply.locator("textarea").fill("Riječi koje ostaju.");
  await context.setOffline(true);
  await reply.locator('button[type="submit"]').click();
  seen.offline = await refusedBeside(reply);
  await context.setOffline(false);
  expect((await reply.locator("textarea").inputValue()) === "Riječi koje ostaju.", "what was written is gone");
  await look("officer-refused");
}

async function stopElsewhere() {
  const other = await context.newPage();
  await other.goto(page.url());
  await other.waitForSelector("html[data-ready]");
  await other.locator('details:has(> form[data-act="pause"]) > summary').click();
  await Promise.all([other.waitForEvent("load"), other.locator('form[data-act="pause"] button').click()]);
  await other.waitForSelector("html[data-ready]");
  await other.close();
}

await conclude(seen, { browser, page, picture: join(out, "officer-failure.png") }, async () => {
  await signIn();
  await look("officer-queue");
  await answersOverdue();
  await page.click(`a[href="/reports/${report}"]`);
  await page.waitForURL(`**/reports/${report}`);
  await page.waitForSelector("html[data-ready]");
  await look("officer-case");
  await askForTheSignature();
  await refusals();
  await page.locator('a.act[href*="/refer/"]').first().click();
  await page.waitForSelector("html[data-ready]");
  await look("officer-refer");
  expect(seen.absent.length === 0, `not there: ${seen.absent.join(" ")}`);
});
