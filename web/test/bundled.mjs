// Bundles TypeScript for Node, inside the package, so that what is left external still resolves.

import { build } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { toml } from "../toml.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const web = fileURLToPath(new URL("..", import.meta.url));

/** Bundles these files and hands the folder they lie in to `use`; gone when that is done. */
export async function bundled(entryPoints, use) {
  const outdir = mkdtempSync(`${here}.built-`);
  try {
    await build({
      entryPoints,
      outdir,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      define: { PUTOKAZ_BOARD: '""', PUTOKAZ_WEB: JSON.stringify(web), PUTOKAZ_SEALER: '"/assets/sealer.js"', PUTOKAZ_COPIER: '"/assets/copier.js"' },
      plugins: [toml],
      logLevel: "warning",
    });
    return await use(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
