// Builds the pages' code into `dist/` under names that carry their own hash; `manifest.json` says which is which.
// `node build.mjs [--board FILE] [--out DIR]`: the board's keys are part of the bundle. Without them the bundle
// accepts only a directory that says `training`.

import { build } from "esbuild";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL(".", import.meta.url));

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

const out = option("--out") ?? join(home, "dist");
const boardFile = option("--board");
const board = boardFile === undefined ? "" : await readFile(boardFile, "utf8");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const { metafile } = await build({
  absWorkingDir: home,
  entryPoints: [
    { in: "src/pages/dashboard.ts", out: "dashboard" },
    { in: "style/dashboard.css", out: "dashboard" },
  ],
  entryNames: "[name]-[hash]",
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  charset: "utf8",
  legalComments: "none",
  define: { PUTOKAZ_BOARD: JSON.stringify(board) },
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const file of Object.keys(metafile.outputs).map((path) => basename(path)).sort()) {
  manifest[file.replace(/-[A-Z0-9]+(?=\.\w+$)/, "")] = file;
}
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
