// An analyst's table in Bosnian, in a real browser:
//   node web/test/browser/figures.mjs BASE_URL KEY_FILE OUT_DIR
// signing in leads to the tables → a draft of a quarter with a hidden number → one tap shows the half-year, which fills it →
// published once, after saying that it cannot be undone. Nothing answers 404.

import { join } from "node:path";
import { conclude, expect, launch, lookAtBothWidths, words } from "./browser.mjs";

const [base, keyFile, out] = words("figures.mjs BASE_URL KEY_FILE OUT_DIR");
const seen = { ok: false, pages: {}, absent: [] };
const { browser, context, page } = await launch(seen, { locale: "bs-BA" });
context.on("response", (response) => response.status() === 404 && seen.absent.push(new URL(response.url()).pathname));

const look = (name) => lookAtBothWidths(page, seen, [out, `${name}-bs`]);

const row = () => page.locator("tbody tr", { hasText: "Vraćanje na granici" });

await conclude(seen, { browser, page, picture: join(out, "figures-failure.png") }, async () => {
  await page.goto(new URL("/sign-in", base).href);
  await page.setInputFiles("#key-file", keyFile);
  await page.click("#sign-in button");
  await page.waitForURL("**/statistics");
  await page.waitForSelector("html[data-ready]");
  await look("figures-tables");
  await page.fill("#period-T-A", "2024-Q1");
  await page.click('section[aria-labelledby="T-A"] button');
  await page.waitForURL("**/statistics/T-A?period=2024-Q1");
  await look("figures-quarter");
  expect((await row().innerText()).includes("<20"), "the quarter's number is not hidden");
  const offer = row().getByRole("link");
  seen.offer = (await offer.innerText()).trim();
  expect(/^Prikaži kao polugodište 2024-H1$/.test(seen.offer), `it offers: ${seen.offer}`);
  await offer.click();
  await page.waitForURL("**/statistics/T-A?period=2024-H1");
  seen.filled = (await row().locator("td").innerText()).trim();
  expect(seen.filled === "20", `one tap shows: ${seen.filled}`);
  await look("figures-half-year");
  const publish = page.locator('form[method="post"] button');
  await publish.click();
  expect((await page.locator("#understood:invalid").count()) === 1, "it is published without a word");
  await page.check("#understood");
  await publish.click();
  await page.waitForSelector('form[method="post"]', { state: "detached" });
  expect((await page.innerText(".standing")).includes("Objavljeno"), "it is not said to be published");
  await look("figures-released");
  await page.goto(new URL("/statistics", base).href);
  expect((await page.locator(".releases li").count()) === 1, "the release is not listed");
  expect(seen.absent.length === 0, `not there: ${seen.absent.join(" ")}`);
});
