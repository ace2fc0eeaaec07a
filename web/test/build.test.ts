import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

declare const PUTOKAZ_WEB: string;

function build(): Map<string, string> {
  const out = mkdtempSync(join(tmpdir(), "putokaz-build-"));
  try {
    execFileSync(process.execPath, [join(PUTOKAZ_WEB, "build.mjs"), "--out", out]);
    return new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name), "latin1")]));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

test("built twice, the pages' code is byte for byte the same, and every file is in the manifest", () => {
  const [once, again] = [build(), build()];
  assert.deepEqual(once, again);
  const manifest = JSON.parse(once.get("manifest.json") ?? "{}") as Record<string, string>;
  const files = Object.values(manifest).flatMap((file) => [file, `${file}.br`, `${file}.gz`]);
  assert.deepEqual([...files, "manifest.json"].sort(), [...once.keys()].sort());
});

test("the pages' code never writes markup or makes code from text", () => {
  const script = [...build()].filter(([name]) => name.endsWith(".js")).map(([, text]) => text).join("\n");
  for (const sink of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"]) {
    assert.ok(script.length > 0 && !script.includes(sink), sink);
  }
});
