// Opens every page, and hears what the browser says of it:
//   node web/test/browser/quiet.mjs PUBLIC_URL MEMBERS_URL REPORT_ID KEY_FILE…
// Nothing may be said: no error or warning, nothing refused or not there, nothing that a page's own policy forbids. Each member
// signs in with a key file and opens the pages of the members' listener that their role has. Prints one JSON line.

import { conclude, expect, launch, words } from "./browser.mjs";

const [open, members, report, ...keys] = words("quiet.mjs PUBLIC_URL MEMBERS_URL REPORT_ID KEY_FILE");
const PUBLIC = ["", "report", "child", "residents", "another", "quick", "choices", "waiting", "receipt", "import", "link", "leaving", "plain", "plain/receipt"];
/** By what leads to them on the page before. */
const MEMBERS = {
  'nav a[href="/queue"]': ["/queue", `/reports/${report}`, `/reports/${report}/refer/BA-OMB`],
  'nav a[href="/log"]': ["/log"],
  'nav a[href="/statistics"]': ["/statistics"],
  "#period-T-A": ["/statistics/T-A?period=2024-Q1"],
};
const LANGUAGES = ["en", "fa"];
/** What a page brings on idle comes within this on a machine that has time. */
const IDLE_MILLISECONDS = 300;

const seen = { ok: false, opened: 0 };
const { browser } = await launch(seen);

/** Everything a browser says of the pages of a visit, by the page it says it of. */
async function hear(context) {
  const found = [];
  const told = (page, what) => found.push(`${new URL(page.url()).pathname}: ${what}`);
  await context.addInitScript(() =>
    addEventListener("securitypolicyviolation", ({ effectiveDirective }) => console.error(`policy: ${effectiveDirective}`)),
  );
  context.on("console", (said) => /error|warning/.test(said.type()) && told(said.page(), said.text()));
  context.on("weberror", (failed) => told(failed.page(), failed.error().message));
  context.on("response", (answer) => answer.status() >= 400 && found.push(`${answer.status()} ${answer.url()}`));
  context.on("requestfailed", (request) => found.push(`${request.failure()?.errorText} ${request.url()}`));
  return found;
}

/** One reader's visit: what was said until it ends, because leaving cuts off what still comes. */
async function visit(language, walk) {
  const context = await browser.newContext({ locale: language });
  const found = await hear(context);
  const page = await context.newPage();
  try {
    await walk(page);
    expect(found.length === 0, `${language}: ${found.join("; ")}`);
  } finally {
    await context.close();
  }
}

async function look(page, address) {
  const answer = await page.goto(address, { waitUntil: "load" });
  expect(answer.ok(), `${address} answers ${answer.status()}`);
  if (await page.locator("script[src]:not([src*='exit'])").count()) await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.waitForTimeout(IDLE_MILLISECONDS);
  seen.opened += 1;
}

async function asMember(page, key) {
  await look(page, new URL("/sign-in", members).href);
  await page.setInputFiles("#key-file", key);
  await page.click("#sign-in button");
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  for (const [way, pages] of Object.entries(MEMBERS)) {
    if (!(await page.locator(way).count())) continue;
    for (const path of pages) await look(page, new URL(path, members).href);
  }
}

await conclude(seen, { browser }, async () => {
  const reading = async (language) => {
    for (const path of PUBLIC) await visit(language, (page) => look(page, new URL(`/${language}/${path}`, open).href));
  };
  const working = async (language) => {
    for (const key of keys) await visit(language, (page) => asMember(page, key));
  };
  await Promise.all(LANGUAGES.flatMap((language) => [reading(language), working(language)]));
});
