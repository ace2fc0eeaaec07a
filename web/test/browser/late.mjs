// What changes between sealing and sending, in a real browser: node web/test/browser/late.mjs BASE_URL NAME
// Worker mode, the form and the page of what waits are open side by side without network, and a report is sealed in each of the two.
// Prints the line "change" when the directory is to be given another face, and goes on when a line comes on stdin. Then there is network:
// each report is sent once, whichever page sends it, and every page says that NAME was not given it. Prints one JSON line: each one's
// digits; exits 1 on the first thing that is not as it must be.

import { conclude, expect, launch, meanwhile, visit, words } from "./browser.mjs";

const [base, name] = words("late.mjs BASE_URL NAME");
const seen = { digits: [], sent: [] };
const { browser, context, page: quick } = await launch(seen, { viewport: { width: 360, height: 640 } });
context.on("response", (answer) => {
  if (answer.request().method() === "POST" && answer.url().endsWith("/api/v1/reports")) seen.sent.push(answer.status());
});

async function open(page, path) {
  await page.goto(new URL(path, base).href);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  return page;
}
const digitsOf = async (page) => seen.digits.push((await page.innerText("#digits")).replaceAll(/\D/g, ""));

async function sealQuick() {
  await open(quick, "/en/quick");
  for (const [field, value] of [["acts", "PUSH-01"], ["accused", "P-HRPOL"]]) {
    await quick.locator(`label.chip:has(input[name="${field}"][value="${value}"]) >> visible=true`).click();
  }
  await quick.click("#seal");
  await quick.locator("#sealed").waitFor();
  await digitsOf(quick);
}

async function sealForm() {
  const form = await open(await context.newPage(), "/en/report");
  await form.evaluate(() => {
    const box = document.querySelector('[name="accused"][value="P-HRPOL"]');
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  for (let most = 40; most > 0 && !(await form.locator('[name="agree"]:visible').count()); most -= 1) await form.locator("form .steps .main").click();
  await form.check('[name="agree"]');
  await form.locator("form .steps .main").click();
  await form.locator('#kept h2[data-fate="waiting"]').waitFor();
  await digitsOf(form);
  return form;
}

/** Without the marks that keep a name from reordering a sentence. */
const told = (selector) => [
  ([at, who]) => document.querySelector(at).textContent.replaceAll(/[\u2066-\u2069]/g, "").includes(`Not given to ${who}`),
  [selector, name],
];

await conclude(seen, { browser, page: quick }, async () => {
  await visit(quick, base, ["/en/quick", "/en/report", "/en/waiting", "/api/v1/words/en", "/api/v1/directory", "/api/v1/tables", "/api/v1/readers"]);
  await context.setOffline(true);
  await sealQuick();
  const form = await sealForm();
  const waiting = await open(await context.newPage(), "/en/waiting");
  expect((await waiting.locator("#list li").count()) === 2, "two are sealed, and other than two wait");
  await meanwhile("change");
  await context.setOffline(false);
  await waiting.waitForFunction(() => document.querySelectorAll("#kept li").length === 2 && document.querySelectorAll("#list li").length === 0);
  await form.locator('#kept h2[data-fate="kept"]').waitFor();
  await quick.waitForFunction(() => document.querySelector("#sealed-heading").textContent === "Kept.");
  for (const [page, selector] of [[quick, "#when"], [form, "#when"], [waiting, "#kept li:first-child"], [waiting, "#kept li:last-child"]]) {
    await page.waitForFunction(...told(selector));
  }
  expect(seen.sent.join() === "201,201", `the server was asked ${seen.sent}`);
  const receipt = await open(await context.newPage(), "/en/receipt");
  await receipt.locator("#digits input").first().fill(seen.digits[0]);
  await receipt.locator('#digits button[type="submit"]').click();
  await receipt.locator('#readers [data-state="withheld"]').filter({ hasText: name }).first().waitFor();
});
