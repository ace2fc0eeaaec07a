import assert from "node:assert/strict";
import { test } from "node:test";

import { mayShow } from "../src/offline/door.ts";
import { readLink } from "../src/offline/filing-link.ts";
import { world } from "./house.ts";

const secret = "ab".repeat(32);

test("a link is read from what stands after the # and from nothing else", () => {
  assert.deepEqual(readLink(`#NGO-VP.${secret}`), { institution: "NGO-VP", secret });
  for (const other of ["", "#", `#NGO-VP.${secret}0`, `#ngo.${secret}`, `#NGO-VP.${secret.toUpperCase()}`]) {
    assert.equal(readLink(other), null, other);
  }
});

test("a report against the worker's own organisation does not show its link", async () => {
  const { directory } = await world();
  const link = { institution: "NGO-VP", secret };
  const facets = (institution: string): string => JSON.stringify({ version: 1, accused: { kinds: [], institutions: [institution] } });
  assert.equal(mayShow(link, facets("NGO-VP"), directory), false);
  assert.equal(mayShow(link, facets("BA-MOS"), directory), true);
  assert.equal(mayShow(link, JSON.stringify({ version: 1 }), directory), true);
});
