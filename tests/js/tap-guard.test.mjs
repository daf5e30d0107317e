import assert from "node:assert/strict"
import { test } from "node:test"

/** @type {Map<string, (event: any) => void>} */
const listeners = new Map()
globalThis.document = { body: { dataset: {} } }
globalThis.addEventListener = (kind, listener) => listeners.set(kind, listener)
globalThis.HTMLButtonElement = class {}
const { STILL_MS, guardTaps, holdStill } = await import("../../static/js/visit/tap-guard.js")

function press(kind, more = {}) {
  const event = { isStopped: false, preventDefault() { this.isStopped = true }, stopImmediatePropagation() {}, ...more }
  listeners.get(kind)(event)
  return event.isStopped
}

test("a click counts for nothing just after a change, and counts again a moment later", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  guardTaps()
  assert.ok(press("click") && press("submit"))
  t.mock.timers.tick(STILL_MS - 1)
  assert.ok(press("click"))
  t.mock.timers.tick(1)
  assert.ok(!press("click") && !press("submit"))
  holdStill()
  t.mock.timers.tick(STILL_MS - 100)
  holdStill() // one more change begins anew
  t.mock.timers.tick(200)
  assert.ok(press("click"))
  t.mock.timers.tick(STILL_MS)
  assert.ok(!press("click"))
})

test("a key that is held down presses once; in a field it repeats", () => {
  const button = new globalThis.HTMLButtonElement()
  assert.ok(!press("keydown", { key: "Enter", repeat: false, target: button }))
  assert.ok(press("keydown", { key: "Enter", repeat: true, target: button }))
  assert.ok(press("keydown", { key: " ", repeat: true, target: button }))
  assert.ok(!press("keydown", { key: "Enter", repeat: true, target: {} }))
  assert.ok(!press("keydown", { key: "ArrowRight", repeat: true, target: button }))
})
