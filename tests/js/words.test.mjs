import assert from "node:assert/strict"
import { test } from "node:test"
import { codePointLength, fromCodePoints, struckRanges, toCodePoint, tokens } from "../../static/js/parts/words.js"

/** A small seeded generator, so that a failure can be repeated. */
function* numbers(seed) {
  for (;;) {
    seed = (seed * 1664525 + 1013904223) % 2 ** 32
    yield seed / 2 ** 32
  }
}

const PIECES = ["a", "night", " ", "  ", "\n", "🙂", "👩‍🚒", "é", "e\u0301", "[PERSON 1]", "ß", "—", "𝒳", "\t", "نعم"]

function someText(random) {
  return Array.from({ length: Math.floor(random() * 12) }, () => PIECES[Math.floor(random() * PIECES.length)]).join("")
}

function texts(count = 400) {
  const stream = numbers(20261122)
  const random = () => stream.next().value
  return Array.from({ length: count }, () => someText(random))
}

test("tokens joined are the text, whatever it holds", () => {
  for (const text of texts()) {
    assert.equal(tokens(text).map((token) => token.text).join(""), text)
    const places = [...text.matchAll(/\[PERSON 1\]/gu)].map((found) => ({
      start: toCodePoint(text, found.index),
      end: toCodePoint(text, found.index + found[0].length),
    }))
    const found = tokens(text, places)
    assert.equal(found.map((token) => token.text).join(""), text)
    assert.deepEqual(found.filter((token) => token.isPlaceholder).map((token) => token.text), places.map(() => "[PERSON 1]"))
  }
})

test("an offset goes to the kiosk and back and is the same", () => {
  for (const text of texts()) {
    const length = codePointLength(text)
    for (let start = 0; start <= length; start += 1) {
      const [from, to] = fromCodePoints(text, [start, length])
      assert.equal(toCodePoint(text, from), start)
      assert.equal(text.slice(from, to), Array.from(text).slice(start).join(""))
    }
  }
})

test("an emoji is one for the kiosk and two for the browser", () => {
  const text = "🙂🙂 tell Sarah now"
  const all = tokens(text)
  const sarah = all.findIndex((token) => token.text === "Sarah")
  assert.deepEqual(struckRanges(text, all, new Set([sarah])), [[8, 13]])
  assert.equal(all[sarah].start, 10)
})

test("struck neighbours become one range with the gap between them", () => {
  const text = "one two three four"
  const all = tokens(text)
  assert.deepEqual(struckRanges(text, all, new Set([2, 4])), [[4, 13]])
  assert.deepEqual(struckRanges(text, all, new Set([0, 6])), [[0, 3], [14, 18]])
  assert.deepEqual(struckRanges(text, all, new Set()), [])
})

test("what is struck is exactly the words that were struck", () => {
  const stream = numbers(7)
  for (const text of texts()) {
    const all = tokens(text)
    const struck = new Set(all.map((_, index) => index).filter((index) => all[index].isWord && stream.next().value < 0.4))
    const points = Array.from(text)
    const gone = struckRanges(text, all, struck).map(([start, end]) => points.slice(start, end).join(""))
    const words = [...struck].sort((a, b) => a - b).map((index) => all[index].text)
    assert.deepEqual(gone.flatMap((part) => part.split(/\s+/u)).filter(Boolean), words)
  }
})

test("a placeholder is one token, and doubts mark words and no gaps", () => {
  const text = "🙂 [PERSON 1] met them on Monday."
  const all = tokens(text, [{ start: 2, end: 12 }], [[25, 31]])
  const [place] = all.filter((token) => token.isPlaceholder)
  assert.equal(place.text, "[PERSON 1]")
  assert.deepEqual(all.filter((token) => token.isUnsure).map((token) => token.text), ["Monday."])
})
