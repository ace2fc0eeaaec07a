// A person files in the sealing form, in a real browser:
//   node web/test/browser/form.mjs BASE_URL LANGUAGE OUT_DIR [--child | --residents] [--slow] [--throttle N]
// Every topic is stepped through; the lists follow an answer; the digits are typed back in Persian numerals, and printed on a
// card. `--child` files on the child's page, `--residents` on that for people who live here. Prints one JSON
// line: report, digits, what was measured; exits 1 on the first thing that is not as it must be. Nothing typed may leave in the clear.

import { join } from "node:path";
import { conclude, expect, launch, lookAt, lookHere, words } from "./browser.mjs";

const [base, language, out] = words("form.mjs BASE_URL LANGUAGE OUT_DIR [--child | --residents] [--slow] [--throttle N]");
const option = (name) => process.argv.indexOf(name);
const throttle = option("--throttle") < 0 ? 1 : Number(process.argv[option("--throttle") + 1]);
const kind = ["child", "residents"].find((name) => option(`--${name}`) >= 0) ?? "report";

const CANARY = { "account.narrative": "kanarinac na rijeci قناری", "account.place": "Canary ford", "identity.name": "Canary Name" };
const LEFT = Object.values(CANARY).flatMap((words) => [words, encodeURIComponent(words), words.split(" ")[0]]);

const seen = { ok: false, language, topics: [], pages: {}, requests: [], bytes: 0 };
const { browser, context, page } = await launch(seen, { viewport: { width: 360, height: 640 } });
await context.addInitScript(() => globalThis.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`)));
page.on("console", (message) => message.text().startsWith("policy: ") && (seen.policy ??= message.text()));
page.on("request", (request) => watch(request));
page.on("response", (response) => void remember(response));

const wire = await context.newCDPSession(page);
await wire.send("Network.enable");
wire.on("Network.loadingFinished", ({ encodedDataLength }) => (seen.bytes += encodedDataLength));

/** Nothing a person typed may leave but sealed: not in an address, a header or a body. */
function watch(request) {
  const url = new URL(request.url());
  seen.requests.push(`${request.method()} ${url.pathname}`);
  if (url.origin !== new URL(base).origin) seen.foreign ??= url.origin;
  const body = request.postDataBuffer()?.toString("utf8") ?? "";
  const told = `${decodeURI(request.url())} ${JSON.stringify(request.headers())} ${body}`;
  if (LEFT.some((words) => told.includes(words))) seen.leaked ??= url.pathname;
}

async function remember(response) {
  if (response.request().method() !== "POST" || !response.url().endsWith("/api/v1/reports")) return;
  seen.filed = response.status();
  seen.report = (await response.json().catch(() => ({}))).report;
}

async function open() {
  if (option("--slow") >= 0) {
    // Slow 3G as Chromium's own tools set it.
    await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  }
  const begun = Date.now();
  await page.goto(new URL(`/${language}/${kind}`, base).href, { waitUntil: "commit" });
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  // People who live here first read what they can tell; everybody else is asked at once.
  const first = kind === "residents" ? "form .steps .main" : "section[data-topic]:visible input, section[data-topic]:visible select";
  await page.locator(first).first().waitFor();
  seen.firstQuestionSeconds = (Date.now() - begun) / 1000;
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(2500);
  seen.firstLoadBytes = seen.bytes;
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  if (throttle > 1) await wire.send("Emulation.setCPUThrottlingRate", { rate: throttle });
}

const topic = () => page.locator("section[data-topic]:visible").getAttribute("data-topic");

const ANSWERS = {
  place: () => page.selectOption('[name="event.area"]', "BA-BIH-01-BIHAC"),
  "child-place": () => page.selectOption('[name="event.area"]', "BA-BIH-01-BIHAC"),
  acts: () => tick('[name="acts"][value="PUSH-01"]'),
  accused: () => accuse(),
  readers: async () => {
    await page.waitForSelector('[data-readers="can-read"]:visible strong');
    seen.readers = await page.locator('section[data-topic="readers"] [data-readers="can-read"] > li').allInnerTexts();
    seen.never = await page.locator('section[data-topic="readers"] [data-readers="never"] > li').count();
    seen.old = await page.locator('section[data-topic="readers"] [data-lists] > p').allInnerTexts();
    seen.operator = await page.locator("[data-operator]").innerText();
    const inWords = await page.locator('section[data-topic="readers"] dd').allInnerTexts();
    expect(!inWords.some((words) => /^[A-Z0-9-]{2,}$|^[a-z]{2}$/.test(words)), `a code stands among the words: ${inWords}`);
    expect(!LEFT.some((words) => seen.operator.includes(words)), "the operator would read a person's words");
  },
};

/** What a person types, wherever the page asks for it. */
async function tell() {
  for (const [name, words] of Object.entries(CANARY)) {
    const field = page.locator(`[name="${name}"]:visible`).and(page.locator('textarea, input[id]')).first();
    if (await field.count()) await field.fill(words);
  }
}

async function tick(selector) {
  const box = page.locator(selector).first();
  await box.evaluate((field) => field.closest("details")?.setAttribute("open", ""));
  await box.check();
}

/** Ticking "a uniformed official" moves names between the lists. */
async function accuse() {
  await page.waitForSelector('section[data-topic="accused"] [data-readers="can-read"] strong');
  seen.listsMilliseconds = await page.evaluate(async () => {
    const box = document.querySelector('[name="accused"][value="P-UNIFORM"]');
    const never = () => document.querySelectorAll('section[data-topic="accused"] [data-readers="never"] > li').length;
    const before = never();
    const begun = performance.now();
    box.click();
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return never() > before ? performance.now() - begun : -1;
  });
  const lines = await page.locator('section[data-topic="accused"] [data-readers] > li').allTextContents();
  seen.unexplained = lines.filter((line) => line.trim().split(/[\s:–-]+/u).length < 4);
  expect(lines.length > 3 && seen.unexplained.length === 0, `a name stands without a reason: ${seen.unexplained[0]}`);
  expect(seen.listsMilliseconds >= 0, "the lists did not follow the answer");
  expect(seen.listsMilliseconds < 200 * throttle, "the lists took longer than 200 ms");
}

/** From the top: what stays in sight would else lie over a question. */
async function picture(name) {
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await page.screenshot({ path: join(out, `${kind}-${language}-${name}.png`), fullPage: true });
}

/** Whoever forgets the one thing that must be is told where it stands. */
async function agree() {
  await page.locator("form .steps .main").click();
  expect(await page.evaluate(() => document.activeElement?.matches(".summary")), "nobody says what is missing");
  await picture("not-agreed");
  await page.click(".summary a");
  expect(await page.evaluate(() => document.activeElement?.name === "agree"), "the summary leads nowhere");
  await page.check('[name="agree"]');
}

async function step() {
  for (let most = 40; most > 0; most -= 1) {
    const name = await topic();
    seen.topics.push(name);
    await tell();
    await ANSWERS[name]?.();
    const last = await page.locator('[name="agree"]:visible').count();
    if (last) await agree();
    if (throttle === 1) seen.pages[name] = await lookHere(page);
    expect(!/\b(form|offline|reason|card|page)-[a-z]/.test(await page.innerText("main")), `the topic ${name} shows a key`);
    await picture(`${String(seen.topics.length).padStart(2, "0")}-${name}`);
    if (last) return;
    await page.locator("form .steps .main").click();
    expect((await topic()) !== name, `the topic ${name} does not let go`);
    expect(await page.evaluate(() => document.activeElement?.tagName === "H2"), "the focus is not on the heading");
  }
}

async function submit() {
  const begun = Date.now();
  await page.locator("form .steps .main").click();
  await page.waitForSelector("#kept:visible");
  seen.submitSeconds = (Date.now() - begun) / 1000;
  expect(seen.filed === 201, "the report was not kept");
  expect(!(await page.locator("form").count()), "answers stay on the page after sending");
  const groups = await page.locator("#digits span").allInnerTexts();
  seen.digits = groups.join("");
  expect(/^[0-9]{24}$/.test(seen.digits) && groups.length === 6, "the digits are not six groups of four");
}

async function typeBack() {
  const persian = [...seen.digits].map((digit) => String.fromCodePoint(0x06f0 + Number(digit))).join("");
  await page.fill("#again", `${persian.slice(0, 23)}۰`.replace(/.$/, (last) => (last === persian[23] ? "۱" : last)));
  expect((await page.locator("#again.good").count()) === 0, "wrong digits turned green");
  const begun = Date.now();
  await page.fill("#again", persian);
  await page.waitForSelector("#again.good");
  seen.againMilliseconds = Date.now() - begun;
  const [red, green, blue] = (await page.locator("#again").evaluate((input) => getComputedStyle(input).borderTopColor)).match(/\d+/g).map(Number);
  expect(green > red && green > blue, "right digits are not green");
  if (throttle === 1) seen.pages.kept = await lookHere(page);
  await page.screenshot({ path: join(out, `${kind}-${language}-kept.png`), fullPage: true });
}

async function makeCard() {
  await page.click("#print");
  await page.locator("#card svg path").waitFor();
  const text = (await page.innerText("#card .face")).replaceAll(/\s/g, "");
  expect(text === seen.digits, "the card says something else than the digits");
  if (throttle === 1) seen.pages.card = await lookHere(page);
  await page.screenshot({ path: join(out, `${kind}-${language}-card.png`) });
  await page.click("#card .unprinted button:last-child");
  await page.locator("#card").waitFor({ state: "detached" });
}

await conclude(seen, { browser, page, picture: join(out, "form-failure.png") }, async () => {
  await open();
  if (throttle === 1) seen.pages[kind] = await lookAt(browser, context, page.url());
  await step();
  await submit();
  await typeBack();
  await makeCard();
  expect(!seen.leaked, "something typed left in the clear");
  expect(!seen.foreign, "a request went to somebody else");
  expect(!seen.policy, "a script was refused");
});
