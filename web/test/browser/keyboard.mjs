// A whole filing by keyboard alone, from the start page to the digits typed back: node web/test/browser/keyboard.mjs BASE_URL LANGUAGE OUT_DIR
// No step needs a pointer; whatever has the focus can be seen, is marked, and is covered by nothing. Prints one JSON line with
// the keys pressed; exits 1 on the first thing that is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, words } from "./browser.mjs";

const [base, language, out] = words("keyboard.mjs BASE_URL LANGUAGE OUT_DIR");
const MOST_TABS = 250;

const seen = { ok: false, keys: 0, topics: [], focused: 0 };
const { browser, page } = await launch(seen, { viewport: { width: 360, height: 640 } });

async function press(key) {
  seen.keys += 1;
  await page.keyboard.press(key);
}

async function type(text) {
  seen.keys += text.length;
  await page.keyboard.type(text);
}

/** What has the focus, and whether a person can see that it has. */
const focused = () =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = one.matches(".chip input") ? one.nextElementSibling : one;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    const { left, top, width, height } = shown.getBoundingClientRect();
    const at = (x, y) => document.elementFromPoint(Math.min(Math.max(x, 1), innerWidth - 2), Math.min(Math.max(y, 1), innerHeight - 2));
    const over = at(left + width / 2, top + Math.min(height / 2, 20));
    const name = `${one.tagName} ${one.id || one.getAttribute("name") || one.textContent.trim().slice(0, 30)}`;
    return {
      name,
      marked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
      covered: Boolean(over?.closest("header")) && !one.closest("header"),
      outside: top + height < 0 || top > innerHeight || width === 0 || height === 0,
    };
  });

const is = (selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

/** Presses Tab until the focus is on what is wanted; on the way answers what it meets. */
async function tabTo(selector, meet = async () => undefined) {
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    await press("Tab");
    const now = await focused();
    if (!now) continue;
    seen.focused += 1;
    expect(now.marked, `the focus cannot be seen on ${now.name}`);
    expect(!now.outside, `the focus is outside the window on ${now.name}`);
    expect(!now.covered, `the head of the page covers ${now.name}`);
    if (await is(selector)) return;
    await meet();
  }
  expect(false, `no key leads to ${selector}`);
}

const topic = () => page.locator("section[data-topic]:visible").getAttribute("data-topic");

/** Answers, where the focus comes by. */
async function answer() {
  if (await is('details:not([open]):has([name="acts"][value="PUSH-01"]) > summary')) await press("Enter");
  else if (await is('[name="acts"][value="PUSH-01"]:not(:checked)')) await press("Space");
  else if (await is('[name="accused"][value="P-UNIFORM"]:not(:checked)')) await press("Space");
  else if (await is('textarea[name="account.narrative"]')) await type("A made-up account.");
  else if (await is('[name="agree"]:not(:checked)')) await press("Space");
}

async function step() {
  for (let most = 40; most > 0; most -= 1) {
    const name = await topic();
    seen.topics.push(name);
    await tabTo("form .steps .main", answer);
    const last = (await page.locator('[name="agree"]:visible').count()) > 0;
    await press("Enter");
    if (last) return;
    expect((await topic()) !== name, `the topic ${name} does not let go`);
  }
}

async function typeBack() {
  await page.waitForSelector("#kept:visible");
  const digits = (await page.locator("#digits span").allInnerTexts()).join("");
  await tabTo("#again");
  await type([...digits].map((digit) => String.fromCodePoint(0x06f0 + Number(digit))).join(""));
  await page.waitForSelector("#again.good");
  await tabTo("#print");
  await press("Enter");
  await page.locator("#card svg path").waitFor();
  await page.screenshot({ path: join(out, `keyboard-${language}.png`) });
}

await conclude(seen, { browser, page, picture: join(out, "keyboard-failure.png") }, async () => {
  await page.goto(new URL(`/${language}/`, base).href);
  await press("Tab");
  expect(await is(".skip"), "the first key does not offer to skip to the content");
  await tabTo('a[href$="/report"]');
  await press("Enter");
  await page.waitForURL("**/report");
  await page.waitForSelector("html[data-ready]");
  await step();
  await typeBack();
  expect(seen.topics.includes("acts") && seen.topics.includes("readers"), `topics were passed over: ${seen.topics}`);
});
