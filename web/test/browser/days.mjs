// A report that nobody has read, on its receipt page, in one language after another:
//   node web/test/browser/days.mjs BASE_URL DIGITS EXPECTED_JSON
// the day it was sent is told in that language's own words, whatever the browser knows of the language; what happens next says when
// it is read, that another reads where nobody answers, how to take it back, and where help is now. Prints one JSON line.

import { conclude, expect, launch, lookHere, words } from "./browser.mjs";

const [base, digits, expected] = words("days.mjs BASE_URL DIGITS EXPECTED_JSON");
const seen = { ok: false, pages: {}, told: {} };
const { browser, page } = await launch(seen);
// As on a phone whose browser has no words for any of them.
await page.addInitScript(() => {
  delete globalThis.Intl.ListFormat;
  const known = Intl.DateTimeFormat;
  Intl.DateTimeFormat = function (_, options) {
    return new known("en-GB", options);
  };
});

/** Without the marks that keep a number or a name from reordering a sentence. */
const bare = (text) => text.replaceAll(/[\u2068\u2069]/g, "").trim();
const toldBy = async (selector) => bare(await page.innerText(selector));

await conclude(seen, { browser, page }, async () => {
  for (const [language, { filed, weekdays }] of Object.entries(JSON.parse(expected))) {
    await page.goto(new URL(`/${language}/receipt`, base).href);
    await page.waitForSelector("html[data-ready]");
    await page.locator("#digits input").first().fill(digits);
    await page.locator('#digits button[type="submit"]').click();
    await page.locator("#when:not(:empty)").waitFor();
    for (const told of ["#since", "#when"]) {
      const nested = /\u2068[^\u2069]*\u2068/.test(await page.innerText(told));
      expect(!nested, `${language}: a day within marks is read the wrong way`);
    }
    const since = await toldBy("#since");
    expect(since === filed, `${language}: ${since}`);
    const when = (seen.told[language] = await toldBy("#when"));
    expect(weekdays.some((day) => when.includes(day)), `${language} names no day: ${when}`);
    expect(/[ ,،]/.test(when) && !/\{/.test(when), `${language}: ${when}`);
    for (const next of ["#silent", "#back", '[aria-labelledby="next-title"] a[href="#withdraw"]', 'a[href^="tel:"]']) {
      expect(await page.locator(next).first().isVisible(), `${language}: what happens next lacks ${next}`);
    }
    await page.click('a[href="#withdraw"]');
    expect(await page.isVisible("#sure"), `${language}: the way to take it back does not open`);
    seen.pages[language] = await lookHere(page);
  }
});
