import assert from "node:assert/strict"
import { test } from "node:test"
import { carried, codePointLength, fromCodePoints, struckRanges, toCodePoint, tokens } from "../../static/js/parts/words.js"
import { beginningWith } from "../../static/js/visit/word-fields.js"

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

test("what was struck stays struck when other words come and go", () => {
  const before = tokens("My trainer Sean is always late.")
  const struck = new Set([2, 8]) // trainer, always
  const still = (text) => {
    const after = tokens(text)
    return [...carried(before, struck, after)].sort((a, b) => a - b).map((index) => after[index].text)
  }
  assert.deepEqual(still("My trainer Sean is always late."), ["trainer", "always"])
  assert.deepEqual(still("Again: my old trainer, My trainer Sean, is nearly always late."), ["trainer", "always"])
  assert.deepEqual(still("My coach Sean is late."), [])
  assert.deepEqual(still(""), [])
  assert.deepEqual([...carried(before, new Set(), tokens("My trainer"))], [])
})

test("a very long text that was changed throughout does not take seconds", () => {
  const long = (word) => tokens(Array.from({ length: 4000 }, (_, index) => `${word}${index}`).join(" "))
  const before = long("a")
  const after = long("b")
  assert.deepEqual([...carried(before, new Set([0]), after)], [])
})

test("where a script leaves no space between words, each of them can still be struck by itself", () => {
  for (const text of ["我的经理从来不听我说话。", "私の上司は話を聞きません。", "หัวหน้าของฉันไม่เคยฟัง", "The 食堂 is cold."]) {
    const all = tokens(text)
    assert.equal(all.map((token) => token.text).join(""), text)
    assert.ok(all.filter((token) => token.isWord).length >= 3, text)
  }
  const text = "我的经理从来不听我说话。"
  const all = tokens(text)
  const first = struckRanges(text, all, new Set([0]))
  assert.ok(first.length === 1 && first[0][1] < 5)
  assert.deepEqual(struckRanges(text, all, new Set(all.keys())), [[0, Array.from(text).length]])
})

test("a placeholder says of which kind it is", () => {
  const all = tokens("[PERSON 1] met them", [{ start: 0, end: 10, kind: "PERSON" }])
  assert.equal(all[0].kind, "PERSON")
  assert.equal(all[2].kind, undefined)
})

test("words are offered after two letters, and not once one is whole", () => {
  const known = ["abacus", "abide", "abiding", "running"]
  assert.deepEqual(beginningWith("a", known), [])
  assert.deepEqual(beginningWith("abid", known), ["abide", "abiding"])
  assert.deepEqual(beginningWith("running", known), [])
  assert.deepEqual(beginningWith("zz", known), [])
})
