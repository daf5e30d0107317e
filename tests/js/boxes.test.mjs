import assert from "node:assert/strict"
import { test } from "node:test"
import { isSlip, middle, moved, overlap, sized, spanned } from "../../static/js/parts/boxes.js"

const SHEET = { width: 1280, height: 960 }

test("a cover is whole pixels inside the sheet, whichever corner it was drawn from", () => {
  assert.deepEqual(spanned([300.7, 200.2], [100.2, 50.9], SHEET), [100, 50, 201, 151])
  assert.deepEqual(spanned([-40, -40], [5000, 5000], SHEET), [0, 0, 1280, 960])
  assert.ok(isSlip(spanned([10, 10], [12, 90], SHEET)))
})

test("a cover that is moved or sized by keys never leaves the sheet nor vanishes", () => {
  let box = middle(SHEET)
  for (let step = 0; step < 300; step += 1) {
    const [dx, dy] = [[90, 13], [-170, 5], [3, -120]][step % 3]
    box = step % 2 ? moved(box, dx, dy, SHEET) : sized(box, dx, dy, SHEET)
    const [x, y, width, height] = box
    assert.ok(x >= 0 && y >= 0 && x + width <= SHEET.width && y + height <= SHEET.height, String(box))
    assert.ok(!isSlip(box))
  }
})
test("a place is the same one, read a little differently, and another one is not", () => {
  assert.equal(overlap([10, 10, 100, 40], [10, 10, 100, 40]), 1)
  assert.ok(overlap([10, 10, 100, 40], [14, 8, 104, 44]) > 0.9)
  assert.equal(overlap([10, 10, 50, 50], [40, 10, 50, 50]), 0.4)
  assert.equal(overlap([10, 10, 50, 50], [60, 60, 50, 50]), 0)
})
