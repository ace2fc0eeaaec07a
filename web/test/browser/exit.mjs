// Leaves every public page at once: node web/test/browser/exit.mjs BASE_URL
// By the link with script and without, and by the key; after it the page is gone, the way back leads nowhere near it, and
// nothing of the visit lies on the device. Prints one JSON line; exits 1 when something is not as it must be.

import { conclude, expect, launch, words } from "./browser.mjs";

const [base] = words("exit.mjs BASE_URL");
const PAGES = ["", "report", "child", "residents", "quick", "waiting", "receipt", "import", "link", "leaving", "nothing-here"];
/** The plain door runs no script at all: its exit is a link, and the browser's way back is the browser's. */
const PLAIN = ["plain", "plain/receipt"];
const PHONE = { viewport: { width: 360, height: 640 } };

const seen = { ok: false, left: [] };
const { browser } = await launch();

/** A visit in a browser of its own, which came from somewhere else. */
async function visit(options, walk) {
  const context = await browser.newContext({ ...PHONE, ...options });
  await context.route(/wikipedia\.org|elsewhere/, (route) => route.fulfill({ body: "<p>elsewhere", contentType: "text/html" }));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  try {
    await page.goto("https://elsewhere.example/");
    await walk(page);
  } finally {
    await context.close();
  }
}

const open = async (page, path) => {
  await page.goto(new URL(`/en/${path}`, base).href);
  await page.waitForLoadState("networkidle");
};

const away = (page) => page.waitForURL(/wikipedia\.org/);

const KEYS = { key: (page) => escape(page), link: (page) => page.click("#exit") };

async function escape(page) {
  for (let press = 0; press < 3; press += 1) await page.keyboard.press("Escape");
}

/** After leaving, every press of the way back that a hand would try. */
async function goBack(page, name) {
  for (let presses = 0; presses < 4; presses += 1) {
    await page.goBack({ waitUntil: "load" }).catch(() => undefined);
    await page.waitForURL((url) => !url.href.startsWith(base), { timeout: 2000 }).catch(() => undefined);
    expect(!page.url().startsWith(base), `${name}: the way back leads to ${page.url()}`);
  }
}

/** What a person does on the page before somebody comes in. */
async function touch(page, path) {
  if (path === "report" || path === "child") {
    for (let steps = 0; steps < 3; steps += 1) await page.locator("form .steps .main").click();
    await page.waitForTimeout(300);
  }
  if (path === "quick") await page.locator("label.chip >> visible=true").first().click();
  if (path === "receipt") await page.locator("#digits input").first().fill("1234");
  if (path === "plain") await page.fill('[name="account.narrative"]', "typed");
}

/** What lies on the device: names of databases, of caches, and how much is stored otherwise. */
const left = (page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    stored: localStorage.length + sessionStorage.length,
    cookies: document.cookie,
  }));

/** As a person comes: from the start page, where it leads there. */
async function walkTo(page, path) {
  await open(page, "");
  const way = page.locator(`main a[href="/en/${path}"]`).first();
  if (path === "") return;
  if (!(await way.count()) || !(await way.isVisible())) {
    await page.goto("https://elsewhere.example/");
    return open(page, path);
  }
  await way.click();
  await page.waitForURL(`**/en/${path}`);
  await page.waitForLoadState("networkidle");
}

const isNothing = ({ databases, caches, workers, stored, cookies }) =>
  databases.length + caches.length + workers + stored === 0 && cookies === "";

async function leaveByScript(path, how) {
  await visit({}, async (page) => {
    const name = `${path || "start"} by ${how}`;
    await walkTo(page, path);
    await touch(page, path);
    await KEYS[how](page);
    await away(page);
    await goBack(page, name);
    seen.left.push(name);
  });
}

/** The same, looked at from within: on an answer of ours that is no page. What was being laid down has five seconds to go. */
async function leaveNothing(path) {
  await visit({}, async (page) => {
    await open(page, path);
    await touch(page, path);
    await page.click("#exit");
    await away(page);
    await page.goto(new URL("/healthz", base).href);
    let found;
    for (let tries = 0; tries < 20; tries += 1) {
      found = await left(page);
      if (isNothing(found)) return;
      await page.waitForTimeout(250);
    }
    expect(false, `${path || "start"} leaves behind ${JSON.stringify(found)}`);
  });
}

async function leaveWithoutScript(path) {
  await visit({ javaScriptEnabled: false }, async (page) => {
    await open(page, path);
    await page.click("#exit");
    await away(page);
  });
}

/** Whoever leaves one page of ours in a hurry leaves the others that are open. */
async function leaveEverywhere() {
  await visit({}, async (page) => {
    await open(page, "quick");
    const beside = await page.context().newPage();
    await open(beside, "report");
    await KEYS.key(beside);
    await Promise.all([away(beside), away(page)]);
    seen.left.push("both of two pages");
  });
}

await conclude(seen, { browser }, async () => {
  for (const path of [...PAGES, ...PLAIN]) {
    for (const how of PLAIN.includes(path) ? [] : Object.keys(KEYS)) await leaveByScript(path, how);
    await leaveNothing(path);
    await leaveWithoutScript(path);
  }
  await leaveEverywhere();
});
