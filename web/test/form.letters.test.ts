import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, isFound, isFoundByEar, latin } from "../src/form/letters.ts";

test("a place is found however it is written", () => {
  for (const typed of ["Bihać", "bihac", "Бихаћ", "بيهاتش", "بیهاچ"]) assert.ok(isFoundByEar(typed, "Bihać"), typed);
  for (const typed of ["Velika", "kladusa", "Велика Кладуша", "کلادوشا"]) assert.ok(isFoundByEar(typed, "Velika Kladuša"), typed);
  assert.ok(!isFoundByEar("sarajevo", "Bihać"));
});

test("marks fall away and letters stay", () => {
  assert.equal(latin("Đurđevik ČEVO"), "djurdjevik cevo");
  assert.equal(latin("Сарајево"), "sarajevo");
});

test("of many texts those are shown that hold most of what was typed, whatever else was typed", () => {
  const texts = ["Phone taken or broken", "Money or things taken", "Attacked by a dog"];
  assert.deepEqual(fitting("they have taken my phone", texts), [true, false, false]);
  assert.deepEqual(fitting("taken", texts), [true, true, false]);
  assert.deepEqual(fitting("phones", texts), [true, false, false], "another ending");
  assert.deepEqual(fitting("nothing of it", texts), [false, false, false]);
  assert.deepEqual(fitting("الهاتف", ["هاتف"]), [true], "with its article");
});

test("every word typed must begin a word of the text", () => {
  assert.ok(isFound("took phone", "Phone or money was taken; they took it"));
  assert.ok(!isFound("took dog", "Phone or money was taken; they took it"));
  assert.ok(isFound("", "anything"));
});
