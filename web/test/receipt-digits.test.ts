import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { groupsOf, lookupHash, newDigits, readDigits, stretch } from "../src/form/receipt.ts";
import { recipientOf } from "../src/sealed.ts";
import { publicKey } from "../src/statement.ts";

declare const PUTOKAZ_WEB: string;
const vectors = JSON.parse(readFileSync(join(PUTOKAZ_WEB, "../crates/vault/vectors/receipt.json"), "utf8")) as {
  digits: string;
  salt: string;
  lookup: string;
  recipient: string;
  signer: string;
}[];

const inScript = (digits: string, zero: number): string =>
  digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

test("digits read back as typed in Latin, Arabic-Indic and Persian numerals, in groups or pasted", () => {
  const digits = newDigits();
  for (const zero of [0x30, 0x660, 0x6f0]) {
    for (const between of ["", " ", "-", " \u2013 ", "\u200f"]) {
      const typed = inScript(groupsOf(digits).join(between), zero);
      assert.deepEqual(readDigits(typed), { state: "good", digits });
    }
  }
});

test("every single mistyped digit is noticed, and nothing of it is called good", () => {
  const digits = newDigits();
  for (let at = 0; at < digits.length; at += 1) {
    const other = String((Number(digits[at]) + 1) % 10);
    assert.equal(readDigits(digits.slice(0, at) + other + digits.slice(at + 1)).state, "mistyped");
  }
});

test("what is not yet a receipt says in which way", () => {
  assert.equal(readDigits(" ").state, "empty");
  assert.equal(readDigits("12 34").state, "unfinished");
  assert.equal(readDigits("1".repeat(25)).state, "too-long");
  assert.equal(readDigits("one").state, "letter");
});

test("digits give the same three keys in every client", async () => {
  for (const { digits, salt, lookup, recipient, signer } of vectors) {
    const stretched = await stretch(digits, salt);
    assert.equal(lookupHash(stretched), lookup);
    assert.equal(await recipientOf(stretched.identity), recipient);
    assert.equal(publicKey(stretched.signing), signer);
  }
});
