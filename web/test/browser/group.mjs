// Somebody tells for a group, and two other adults of it leave with digits of their own, in a real browser:
//   node web/test/browser/group.mjs BASE_URL OUT_DIR
// The first tells on the sealing form or, with --quick, in worker mode; then one adult with network and one without. Between two people
// the screen is empty. Prints one JSON line: what was filed, each one's digits; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, lookHere, visit, words } from "./browser.mjs";

const [base, out] = words("group.mjs BASE_URL OUT_DIR [--quick]");
const kind = process.argv.includes("--quick") ? "quick" : "report";

const SPEAKER = "kanarinac govornika";
const OWN = ["kanarinac prve osobe", "kanarinac druge osobe"];

const seen = { ok: false, filed: [], digits: [], pages: {} };
const { browser, context, page } = await launch(seen, { viewport: { width: 360, height: 640 } });
await context.addInitScript(() => globalThis.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`)));
page.on("console", (message) => message.text().startsWith("policy: ") && (seen.policy ??= message.text()));
context.on("response", (response) => void remember(response));

async function remember(response) {
  if (response.request().method() !== "POST" || !response.url().endsWith("/api/v1/reports")) return;
  if (response.status() === 201) seen.filed.push((await response.json()).report);
}

const picture = (name) => page.screenshot({ path: join(out, `group-${kind}-${name}.png`), fullPage: true });

async function tick(selector) {
  const box = page.locator(selector).first();
  await box.evaluate((field) => field.closest("details")?.setAttribute("open", ""));
  await box.check({ force: true });
}

/** Everything at once, whatever topic it stands in: stepping is tried elsewhere. */
async function tellForGroup() {
  await page.goto(new URL(`/en/${kind}`, base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  if (kind === "quick") {
    await page.selectOption("#area", "BA-BIH-01-BIHAC");
    for (const [name, value] of [["acts", "PUSH-01"], ["accused", "P-HRPOL"], ["count", "9"]]) await tick(`input[name="${name}"][value="${value}"]`);
    await page.click("#seal");
    await page.waitForSelector("#sealed:visible");
    return;
  }
  await page.evaluate((told) => {
    const set = (selector, change) => {
      const field = document.querySelector(selector);
      change(field);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    };
    set('[name="on_behalf"][value="yes"]', (field) => (field.checked = true));
    set('[name="event.area"]', (field) => (field.value = "BA-BIH-01-BIHAC"));
    set('[name="acts"][value="PUSH-01"]', (field) => (field.checked = true));
    set('[name="accused"][value="P-HRPOL"]', (field) => (field.checked = true));
    set('[name="people.0.count"]', (field) => (field.value = "9"));
    set('[name="account.narrative"]', (field) => (field.value = told));
  }, SPEAKER);
  for (let most = 40; most > 0 && !(await page.locator('[name="agree"]:visible').count()); most -= 1) await page.locator("form .steps .main").click();
  await page.check('[name="agree"]');
  await page.locator("form .steps .main").click();
  await page.waitForSelector("#kept:visible");
}

async function digitsShown() {
  const digits = (await page.locator("#digits").innerText()).replaceAll(/\s/g, "");
  expect(/^[0-9]{24}$/.test(digits), "the digits are not 24");
  expect(!seen.digits.includes(digits), "two people have the same digits");
  seen.digits.push(digits);
  return digits;
}

/** What stands on the page, with what is typed into its fields. */
const onScreen = () =>
  page.evaluate(() => {
    const typed = [...document.querySelectorAll("input, textarea")].map((field) => field.value);
    return [document.body.textContent, ...typed].join(" ").replaceAll(/\s/g, "");
  });

async function another(number, look) {
  await page.waitForSelector('[data-do="hand"]:visible');
  await picture(`${number}-offer`);
  await page.click('[data-do="hand"]');
  const cleared = await onScreen();
  for (const digits of seen.digits) expect(!cleared.includes(digits), "digits of the person before stay on the screen");
  for (const told of [SPEAKER, ...OWN]) expect(!cleared.includes(told.replaceAll(" ", "")), "words of the person before stay");
  expect(await page.evaluate(() => document.activeElement?.tagName === "H2"), "the focus is not on the heading");
  if (look) seen.pages.hand = await lookHere(page);
  await picture(`${number}-hand`);
  await page.click('[data-do="begin"]');
  await page.fill('[data-step="form"] textarea[name="account.narrative"]', OWN[number - 1]);
  await page.fill('[data-step="form"] input[name="identity.name"]:not([type="checkbox"])', `Name ${number}`);
  await tick('[data-step="form"] input[name="consent"][value="contact"]');
  await page.waitForSelector('[data-step="form"] [data-readers="can-read"] strong');
  if (look) seen.pages.form = await lookHere(page);
  await picture(`${number}-form`);
  await page.check('[name="agree"]');
  await page.click('[data-step="form"] button[type="submit"]');
  await page.waitForSelector(kind === "quick" ? "#sealed:visible" : "#kept:visible");
  const mine = await digitsShown();
  const shown = await onScreen();
  expect(seen.digits.every((digits) => digits === mine || !shown.includes(digits)), "somebody else's digits are on the screen");
  expect(!OWN.some((told) => shown.includes(told.replaceAll(" ", ""))), "what was typed stays on the screen");
  expect((await page.locator("#when").innerText()).length > 10, "nobody says when it is read");
  await picture(`${number}-kept`);
}

await conclude(seen, { browser, page, picture: join(out, "group-failure.png") }, async () => {
  await visit(page, base, ["/en/another", "/api/v1/directory", "/api/v1/readers"]);
  await tellForGroup();
  await digitsShown();
  await another(1, true);
  await context.setOffline(true);
  await another(2, false);
  await context.setOffline(false);
  for (let most = 100; most > 0 && seen.filed.length < 3; most -= 1) await page.waitForTimeout(200);
  expect(seen.filed.length === 3, `${seen.filed.length} of 3 reports were kept`);
  expect(!seen.policy, "something was refused by the page's policy");
});
