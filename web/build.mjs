// Builds the pages' code into `dist/` under names that carry their own hash, packed with brotli and gzip beside them;
// `manifest.json` says which is which. `node build.mjs [--board FILE] [--out DIR]`: the board's keys are part of the
// bundle. Without them the bundle accepts only a directory that says `training`.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { shaken } from "./shaken.mjs";
import { toml } from "./toml.mjs";

const home = fileURLToPath(new URL(".", import.meta.url));

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const out = option("--out") ?? join(home, "dist");
const boardFile = option("--board");
const board = boardFile === undefined ? "" : await readFile(boardFile, "utf8");

/** What pages load. The service worker is built after them, because it knows the others by name. */
const entries = [
  { in: "src/pages/dashboard.ts", out: "dashboard" },
  { in: "style/dashboard.css", out: "dashboard" },
  ...["public", "plain", "start", "thread", "quick"].map((name) => ({ in: `style/${name}.css`, out: name })),
  { in: "style/icon.svg", out: "icon" },
  ...["safe", "age", "place", "needs", "words", "when", "contact", "consent"].map((name) => ({ in: `style/pictures/${name}.svg`, out: `picture-${name}` })),
  { in: "src/exit.ts", out: "exit" },
  { in: "src/import/main.ts", out: "import" },
  ...["offline/attachments", "offline/line", "offline/queue", "offline/quick-sealing", "qr", "receipt/open", "receipt/card"].map((name) => ({ in: `src/${name}.ts`, out: basename(name) })),
];

/** Pages whose first code is small: each is one file, because every piece brings headers of its own. What they load later they share. */
const single = [
  ...["begin", "link", "quick", "waiting"].map((name) => ({ in: `src/offline/${name}.ts`, out: name })),
  { in: "src/receipt/main.ts", out: "receipt" },
];

/** One copy of each: libraries of these libraries ask for older versions of the same, and every phone would load both. */
const once = ["@noble/ciphers", "@noble/curves", "@noble/hashes", "@scure/base"];

const common = {
  absWorkingDir: home,
  alias: {
    ...Object.fromEntries(once.map((name) => [name, `./node_modules/${name}`])),
    "@noble/curves/nist.js": "./src/other-curves.ts",
  },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  plugins: [toml, shaken],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".svg": "copy" },
};
const define = { PUTOKAZ_BOARD: JSON.stringify(board) };

/** Names without their hash for what pages ask for by name; pieces keep theirs, because two pages may each have one of a name. */
function named({ outputs }, entryPoints) {
  const asked = new Set(entryPoints.map((entry) => entry.in));
  const isAsked = (path) => !path.endsWith(".js") || asked.has(outputs[path].entryPoint);
  const name = (path) => (isAsked(path) ? basename(path).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "") : basename(path));
  return Object.fromEntries(Object.keys(outputs).map((path) => [name(path), basename(path)]));
}

async function pack(file) {
  const bytes = await readFile(join(out, file));
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(join(out, `${file}.br`), brotliCompressSync(bytes, { params }));
  await writeFile(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
/** A program of its own beside the pages: one file, no pieces. */
async function alone(name, known) {
  const entryPoints = [{ in: `src/offline/${name}.ts`, out: name }];
  return named((await build({ ...common, entryPoints, format: "iife", define: { ...define, ...known } })).metafile, entryPoints);
}

const sealer = await alone("sealer", {});
const copier = await alone("copier", {});
const known = {
  ...define,
  PUTOKAZ_SEALER: JSON.stringify(`/assets/${sealer["sealer.js"]}`),
  PUTOKAZ_COPIER: JSON.stringify(`/assets/${copier["copier.js"]}`),
};
async function inPieces(entryPoints, plugins = []) {
  const options = { ...common, entryPoints, format: "esm", splitting: true, define: known, plugins: [...common.plugins, ...plugins] };
  return named((await build(options)).metafile, entryPoints);
}
/** Leaves what a page loads later to the pieces all share, by their names; `own` says what the page has for itself. */
const sharing = (pieces, own = () => false) => ({
  name: "sharing",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, kind }) => {
      if (kind !== "dynamic-import" || own(path)) return undefined;
      const piece = pieces[basename(path).replace(/\.ts$/, ".js")];
      return piece === undefined ? { errors: [{ text: `${path} is no shared piece` }] } : { path: `./${piece}`, external: true };
    });
  },
});
async function inOneFile(entryPoints, pieces) {
  const options = { ...common, entryPoints, format: "esm", define: known, plugins: [...common.plugins, sharing(pieces)] };
  return named((await build(options)).metafile, entryPoints);
}
const pieces = await inPieces(entries);
// The form by itself: pieces shared with other pages would be many small requests on the one page that must come quickly. What shows
// chosen files comes later, and shares nothing with what came before.
const form = await inPieces([{ in: "src/form/main.ts", out: "form" }], [sharing(pieces, (path) => !path.endsWith("/attachments.ts"))]);
const pages = { ...pieces, ...(await inOneFile(single, pieces)), ...form, ...sealer };
const cached = Object.entries(pages).filter(([name]) => !name.startsWith("dashboard")).map(([, file]) => `/assets/${file}`);
const version = createHash("sha256").update(cached.sort().join()).digest("hex").slice(0, 16);
const worker = await alone("worker", {
  PUTOKAZ_ASSETS: JSON.stringify(cached),
  PUTOKAZ_VERSION: JSON.stringify(version),
});
// What copies PDFs is large, and helps few: it travels to who chooses one, and waits on no phone.
const manifest = Object.fromEntries(Object.entries({ ...pages, ...copier, ...worker }).sort());
for (const file of Object.values(manifest)) await pack(file);
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

const left = (await readdir(out)).filter((file) => file.endsWith(".js")).length;
if (left !== Object.values(manifest).filter((file) => file.endsWith(".js")).length) {
  throw new Error("two pieces of code have one name");
}
