import assert from "node:assert/strict"
import { test } from "node:test"
import { LAYOUTS, after, deleted, large } from "../../static/js/keys/layouts.js"

const ALPHABETS = {
  en: "abcdefghijklmnopqrstuvwxyz",
  ar: "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةى",
  de: "abcdefghijklmnopqrstuvwxyzäöüß",
  es: "abcdefghijklmnñopqrstuvwxyzáéíóúü",
  fr: "abcdefghijklmnopqrstuvwxyzàâçéèêëîïôœùû",
  pl: "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
}

test("each language has all its letters, each of them once", () => {
  assert.deepEqual(Object.keys(LAYOUTS).sort(), Object.keys(ALPHABETS).sort())
  for (const [code, letters] of Object.entries(ALPHABETS)) {
    const there = [...LAYOUTS[code].join("")]
    assert.equal(new Set(there).size, there.length, code)
    assert.deepEqual([...letters].filter((letter) => !there.includes(letter)), [], code)
  }
})

test("the alphabets follow one another in a ring", () => {
  let code = "en"
  const seen = Object.keys(LAYOUTS).map(() => (code = after(code)))
  assert.deepEqual(seen.sort(), Object.keys(LAYOUTS).sort())
})

test("a capital is one letter", () => {
  assert.deepEqual(["ß", "ł", "œ", "’"].map((letter) => large(letter, "de")), ["ẞ", "Ł", "Œ", "’"])
})

test("Delete takes what is marked, or one letter with its marks", () => {
  assert.deepEqual(deleted("word", 1, 3), { text: "", start: 1, end: 3 })
  assert.deepEqual(deleted("word", 0, 0), { text: "", start: 0, end: 0 })
  assert.deepEqual(deleted("ce\u0301", 3, 3), { text: "", start: 1, end: 3 })
  assert.deepEqual(deleted("a👩‍🚒", 6, 6), { text: "", start: 1, end: 6 })
})
