// Bundles each test beside this file (TypeScript or not) and hands them to Node's own runner.

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { toml } from "../toml.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const tests = readdirSync(here).filter((name) => /\.test\.(ts|mjs)$/.test(name));
// Inside the package, so that what is left external still resolves.
const out = mkdtempSync(join(here, ".built-"));
try {
  await build({
    entryPoints: tests.map((name) => join(here, name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    define: { PUTOKAZ_BOARD: '""', PUTOKAZ_WEB: JSON.stringify(join(here, "..")) },
    plugins: [toml],
    logLevel: "warning",
  });
  const built = readdirSync(out).map((name) => join(out, name));
  process.exitCode = spawnSync(process.execPath, ["--test", ...built], { stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
