import assert from "node:assert/strict"
import { test } from "node:test"
import { isSlip, middle, moved, sized, spanned } from "../../static/js/parts/boxes.js"
import { Sheet, isBlank, outline, place, thin, visible } from "../../static/js/parts/stroke.js"

const SHEET = { width: 1280, height: 960 }
const stroke = (points, more = {}) => ({ kind: "stroke", points, ink: "#000", width: 10, isEraser: false, hasPressure: false, ...more })

test("a touch on the glass becomes a place on the sheet, and never one beside it", () => {
  const box = { left: 100, top: 50, width: 640, height: 480 }
  assert.deepEqual(place({ clientX: 420, clientY: 290, pressure: 0.25 }, box, SHEET), [640, 480, 0.25])
  assert.deepEqual(place({ clientX: -50, clientY: 9000, pressure: 0 }, box, SHEET), [0, 960, 0.5])
})

test("thinning keeps both ends and leaves no two points closer than asked, but the last", () => {
  const points = Array.from({ length: 200 }, (_, index) => [index * 0.4, Math.sin(index / 9) * 4, 0.5])
  const kept = thin(points, 3)
  assert.deepEqual(kept[0], points[0])
  assert.deepEqual(kept.at(-1), points.at(-1))
  assert.ok(kept.length < points.length / 2)
  kept.slice(1, -1).forEach(([x, y], index) => assert.ok(Math.hypot(x - kept[index][0], y - kept[index][1]) >= 3))
})

test("a dot is drawn too", () => {
  assert.ok(outline(stroke([[10, 10, 0.5]])).length > 2)
})

test("every outline is made of numbers", () => {
  const points = [[0, 0, 0], [0, 0, 1], [1280, 960, 0.5], [1280, 960, 0.5], [3, 900, 1]]
  for (const [x, y] of outline(stroke(points, { hasPressure: true }))) assert.ok(Number.isFinite(x) && Number.isFinite(y))
})

test("undo and redo are each other's opposite, and a new stroke ends redo", () => {
  const sheet = new Sheet()
  const [one, two, three] = [1, 2, 3].map((each) => stroke([[each, each, 0.5]]))
  sheet.add(one)
  sheet.add(two)
  sheet.undo()
  assert.deepEqual(sheet.marks, [one])
  sheet.redo()
  assert.deepEqual(sheet.marks, [one, two])
  sheet.undo()
  sheet.add(three)
  assert.equal(sheet.redo(), undefined)
  assert.deepEqual(sheet.marks, [one, three])
})

test("clearing hides what was there, and undo brings it back", () => {
  const sheet = new Sheet()
  sheet.add(stroke([[1, 1, 0.5]]))
  sheet.add({ kind: "clear" })
  assert.ok(isBlank(sheet.marks))
  sheet.undo()
  assert.equal(visible(sheet.marks).length, 1)
})

test("a sheet with nothing but erasing is blank", () => {
  assert.ok(isBlank([stroke([[1, 1, 0.5]], { isEraser: true })]))
})

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
