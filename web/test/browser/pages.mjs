// Looks at every public page: node web/test/browser/pages.mjs BASE_URL OUT_DIR
// Each page in both directions, with and without script, light and dark: axe, 320 pixels, text twice as large, the whole page two and
// four times as large, wider text, forced colours, no motion, targets of 24 pixels, a focus that is marked and covered by nothing, no
// request to anybody else, nothing refused by the page's own policy, a title that tells nothing, one heading, and the exit.
// Pictures go to OUT_DIR. Prints one JSON line; exits 1 when something is not as it must be.

import { join } from "node:path";
import { conclude, expect, launch, lookHere, words } from "./browser.mjs";

const [base, out] = words("pages.mjs BASE_URL OUT_DIR");
const PAGES = ["", "report", "child", "residents", "another", "quick", "choices", "waiting", "receipt", "import", "link", "leaving", "plain", "plain/receipt", "nothing-here"];
const LANGUAGES = ["en", "fa"];
const PHONE = { width: 360, height: 640 };
/** What a title must not tell who looks over a shoulder: it names no mechanism, no violation, no report. */
const TELLING = /putokaz|violat|abuse|police|complain|refugee|migrant|پلیس|شکایت|پناه/i;

const seen = { ok: false, pages: {}, looked: 0, directions: {} };
const { browser } = await launch();

/** As a browser without script shows it: axe itself needs script, so the page's own is taken out and its substitute put in. */
async function withoutScript(context) {
  await context.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script[^>]*><\/script>/g, "").replace(/<\/?noscript>/g, "");
    return route.fulfill({ response, body });
  });
}

/** Requests to others, and what the page's own policy refused, as they come. */
async function watch(context, found) {
  await context.addInitScript(() => addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective}`)));
  context.on("console", (message) => message.text().startsWith("policy: ") && found.push(message.text()));
  context.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(base).origin) found.push(`asks ${request.url()}`);
  });
}

/** What the page says about itself. */
const state = (page) =>
  page.evaluate(() => ({
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    exit: document.querySelector("#exit")?.getAttribute("href") ?? "",
    direction: document.documentElement.dir,
    remembers: [...document.querySelectorAll("input, textarea")].filter((one) => {
      const typed = !/hidden|checkbox|radio|file/.test(one.type);
      return typed && (one.getAttribute("autocomplete") ?? one.form?.getAttribute("autocomplete")) !== "off";
    }).length,
  }));

/** Nothing may be cut off, and no line may lead out of the page. */
const cut = (page, how) =>
  page.evaluate((how) => {
    const hides = (one) => /hidden|clip/.test(getComputedStyle(one).overflow) && !one.matches(".visually-hidden, input");
    const isWide = (one) => one.clientWidth > 0 && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
    const all = [...document.body.querySelectorAll("*")].filter((one) => hides(one) && isWide(one));
    const out = document.documentElement.scrollWidth > innerWidth;
    return out ? [`${how}: wider than the window`] : all.map((one) => `${how}: cut off in ${one.tagName} ${one.id}`);
  }, how);

/** Text twice as large on a phone; the whole page two and four times as large on a screen of 1280 by 1024; and text as wide as WCAG 1.4.12 says. */
async function enlarge(page) {
  await page.setViewportSize(PHONE);
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const found = await cut(page, "text twice as large");
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  for (const [width, height, how] of [[640, 512, "twice as large"], [320, 256, "four times as large"]]) {
    await page.setViewportSize({ width, height });
    found.push(...(await cut(page, how)));
  }
  await page.evaluate(() => {
    const wider = new CSSStyleSheet();
    wider.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets = [wider];
  });
  found.push(...(await cut(page, "wider text")));
  await page.evaluate(() => (document.adoptedStyleSheets = []));
  await page.setViewportSize(PHONE);
  return found;
}

/** Whatever can be pressed is 24 pixels high and wide, or a line of text; whatever has the focus is marked, and the head covers none of it. */
const reach = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
    const shown = all.filter((one) => one.checkVisibility() && one.getClientRects().length > 0 && !one.closest(".skip"));
    const told = (one) => `${one.tagName} ${one.id || one.name || one.textContent.trim().slice(0, 30)}`;
    const found = [];
    for (const one of shown) {
      const target = one.matches(".chip input") ? one.nextElementSibling : one;
      one.scrollIntoView({ block: "start", behavior: "instant" });
      one.focus({ preventScroll: true, focusVisible: true });
      // A link that begins at a line's end has an empty piece there.
      const [{ left, top, width, height }] = [...target.getClientRects()].sort((one, other) => other.width - one.width);
      if (width < 24 || height < 24) found.push(`smaller than a finger: ${told(one)}`);
      const { outlineStyle, outlineWidth } = getComputedStyle(target);
      if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) found.push(`no mark of the focus: ${told(one)}`);
      const over = document.elementFromPoint(left + Math.min(width / 2, 20), top + Math.min(height / 2, 10));
      if (over?.closest("header") && !one.closest("header")) found.push(`covered by the head: ${told(one)}`);
    }
    if (document.getAnimations().length > 0) found.push("something moves");
    return found.slice(0, 5);
  });

/** Markup and scripts made out of text are refused by the page itself. */
const takesText = (page) =>
  page.evaluate(() => {
    const taken = [];
    const script = document.createElement("script");
    try {
      script.append("globalThis.ran = true");
      document.body.append(script);
    } catch {}
    if (globalThis.ran) taken.push("runs a script that was written into it");
    try {
      document.body.innerHTML = "<b>markup</b>";
      taken.push("takes markup out of text");
    } catch {}
    return taken;
  });

async function look(language, name, { script, dark }) {
  const title = [name.replace("/", "-") || "start", language, script ? "script" : "plain", ...(dark ? ["dark"] : [])].join("-");
  const context = await browser.newContext({ viewport: PHONE, locale: language, colorScheme: dark ? "dark" : "light" });
  const found = [];
  await watch(context, found);
  if (!script) await withoutScript(context);
  const page = await context.newPage();
  try {
    await page.goto(new URL(`/${language}/${name}`, base).href);
    if (script && (await page.locator("script[src*='exit'] ~ script").count()) > 0) await page.waitForSelector("html[data-ready]", { state: "attached" });
    const { title: shown, headings, exit, direction, remembers } = await state(page);
    seen.directions[language] = direction;
    // From here on it is the test that adds to the page.
    context.removeAllListeners("console");
    found.push(...(await lookHere(page)));
    if (TELLING.test(shown)) found.push(`the title tells: ${shown}`);
    if (headings !== 1) found.push(`${headings} first headings`);
    if (!exit.startsWith("https://")) found.push("no exit");
    if (remembers > 0) found.push("the browser remembers what is typed");
    await page.screenshot({ path: join(out, `${title}.png`), fullPage: true });
    if (!dark) {
      found.push(...(await enlarge(page)));
      await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
      found.push(...(await reach(page)));
      if (script) await page.screenshot({ path: join(out, `${title}-forced.png`), fullPage: true });
    }
    found.push(...(await takesText(page)));
    seen.looked += 1;
    seen.pages[title] = found;
  } finally {
    await context.close();
  }
}

await conclude(seen, { browser }, async () => {
  for (const language of LANGUAGES) {
    for (const name of PAGES) {
      await look(language, name, { script: true, dark: false });
      await look(language, name, { script: false, dark: false });
    }
  }
  for (const name of PAGES) await look("en", name, { script: true, dark: true });
  expect(seen.directions.en === "ltr" && seen.directions.fa === "rtl", "a page is written the wrong way");
});
