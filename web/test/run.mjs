// Bundles each test beside this file (TypeScript or not) and hands them to Node's own runner.
// With a file and its words, runs that one program instead: node test/run.mjs test/real/cut.ts BASE_URL

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundled } from "./bundled.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const [program, ...words] = process.argv.slice(2);
const tests = readdirSync(here).filter((name) => /\.test\.(ts|mjs)$/.test(name)).map((name) => join(here, name));

process.exitCode = await bundled(program === undefined ? tests : [program], (folder) => {
  const built = readdirSync(folder).map((name) => join(folder, name));
  const command = program === undefined ? ["--test", ...built] : [...built, ...words];
  return spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
});
