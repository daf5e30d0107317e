import assert from "node:assert/strict"
import { test } from "node:test"
import { place } from "../../static/js/parts/geometry.js"
import { Hands } from "../../static/js/pad/hands.js"
import { Sheet, ground, isBlank, visible } from "../../static/js/pad/marks.js"
import { joined } from "../../static/js/pad/join.js"
import { plain } from "../../static/js/pad/plain.js"
import { snapped } from "../../static/js/pad/snap.js"
import { StrokeInHand } from "../../static/js/pad/stroke-in-hand.js"
import { Trace, discsOf } from "../../static/js/pad/trace.js"
import { WHOLE, brought, pulled, zoomed } from "../../static/js/pad/view.js"

const SHEET = { width: 1440, height: 900 }
const stroke = (points, more = {}) => ({ kind: "stroke", nib: "pen", points, ink: "#000", width: 10, hasPressure: false, ...more })
const wave = (count) => Array.from({ length: count }, (_, index) => [index * 3, 200 + 60 * Math.sin(index / 15), 0.5])
const near = (one, other, most) => Math.hypot(one[0] - other[0], one[1] - other[1]) <= most

test("a touch on the glass becomes a place on the sheet, and one beside it stays beside it", () => {
  const box = { left: 100, top: 50, width: 720, height: 450 }
  assert.deepEqual(place({ clientX: 460, clientY: 275, pressure: 0.25 }, box, SHEET), [720, 450, 0.25])
  assert.deepEqual(place({ clientX: -50, clientY: 9000, pressure: 0 }, box, SHEET), [-300, 17900, 0.5])
})

test("a fast zigzag of few points keeps its width, its corners and its one piece", () => {
  const corners = Array.from({ length: 9 }, (_, index) => [100 + index * 90, index % 2 ? 300 : 140, 0.5])
  const discs = discsOf(stroke(corners))
  for (const corner of corners) assert.ok(discs.some((disc) => near(disc, corner, 6)), String(corner))
  const radii = discs.map(([, , radius]) => radius)
  assert.ok(Math.min(...radii) > 0.6 * Math.max(...radii)) // hulls are never thinner than their thinner disc
})

test("a line ends where the finger left it, and begins where it came down", () => {
  const discs = discsOf(stroke([[50, 20, 0.5], [100, 20, 0.5], [300, 24, 0.5]]))
  assert.deepEqual(discs[0].slice(0, 2), [50, 20])
  assert.deepEqual(discs.at(-1).slice(0, 2), [300, 24])
  assert.equal(discsOf(stroke([[10, 10, 0.5]])).length, 1) // a dot
})

test("what has been painted of a stroke never changes, so a frame paints only what is new", () => {
  const trace = new Trace(stroke([]))
  const seen = []
  for (const point of wave(400)) {
    trace.add(point)
    assert.ok(seen.every((disc, index) => trace.discs[index] === disc))
    seen.push(...trace.discs.slice(seen.length))
  }
  assert.deepEqual(discsOf(stroke(wave(400))).slice(0, trace.discs.length), trace.discs)
  const before = trace.discs.length
  assert.ok(trace.tip([[1300, 300, 0.5]]).length > 1)
  assert.equal(trace.discs.length, before) // what only seems to come is not remembered
})

test("a pen's pressure shows, a marker's does not", () => {
  const pressed = wave(60).map(([x, y], index) => [x, y, index / 60])
  const widths = (nib) => discsOf(stroke(pressed, { nib, hasPressure: true })).map(([, , radius]) => radius)
  assert.ok(widths("pen").at(-1) > 1.8 * widths("pen")[0])
  assert.deepEqual([...new Set(widths("marker"))], [5])
})

test("every disc is made of numbers, whatever comes", () => {
  for (const disc of discsOf(stroke([[0, 0, 0], [0, 0, 1], [1440, 900, 0.5], [1440, 900, 0.5], [3, 900, 1]], { hasPressure: true }))) assert.ok(disc.every(Number.isFinite))
})

test("undo and redo are each other's opposite over any marks, and a new mark ends redo", () => {
  const sheet = new Sheet()
  const [one, two, three] = [1, 2, 3].map((each) => stroke([[each, each, 0.5]]))
  const paper = { kind: "paper", colour: "#fff3d6" }
  for (const mark of [one, paper, { kind: "taken", marks: [one] }, two, { kind: "clear" }]) sheet.add(mark)
  assert.ok(isBlank(sheet.marks))
  assert.equal(ground(sheet.marks).paper, paper) // clearing leaves the paper
  sheet.undo()
  assert.deepEqual(visible(sheet.marks), [two])
  sheet.undo()
  sheet.undo()
  assert.deepEqual(visible(sheet.marks), [one])
  while (sheet.redo());
  assert.ok(isBlank(sheet.marks))
  sheet.undo()
  sheet.add(three)
  assert.equal(sheet.redo(), undefined)
  assert.deepEqual(visible(sheet.marks), [two, three])
})

test("a sheet with nothing but paper and erasing is blank", () => {
  assert.ok(isBlank([stroke([[1, 1, 0.5]], { nib: "eraser" }), { kind: "paper", colour: "#fff3d6" }, { kind: "template", path: "M0 0", isSquare: true }]))
  assert.ok(!isBlank([{ kind: "label", lines: ["tea"], half: 30, at: [9, 9], size: 40, ink: "#000" }]))
})

const shaky = (places) =>
  places.slice(1).flatMap(([x, y], leg) => {
    const [fromX, fromY] = places[leg]
    return Array.from({ length: 24 }, (_, step) => [fromX + ((x - fromX) * step) / 23 + Math.sin(step * 7 + leg) * 3, fromY + ((y - fromY) * step) / 23 + Math.cos(step * 5) * 3, 0.5])
  })

test("a shaky line snaps level, a shaky box to a box, a round to a circle, an arrow to an arrow", () => {
  const line = snapped(shaky([[100, 100], [500, 112]]))
  assert.equal(line.length, 2)
  assert.equal(Math.round(line[0][1]), Math.round(line[1][1]))
  const box = snapped(shaky([[100, 100], [400, 104], [398, 300], [104, 296], [101, 103]]))
  assert.equal(box.length, 5)
  for (const [index, corner] of box.slice(1).entries()) assert.ok(corner[0] === box[index][0] || corner[1] === box[index][1])
  assert.equal(snapped(shaky([[200, 100], [320, 300], [80, 300], [200, 102]])).length, 4)
  const round = snapped(Array.from({ length: 60 }, (_, index) => [300 + 100 * Math.cos(index / 9.6), 300 + 94 * Math.sin(index / 9.6) + Math.sin(index) * 3, 0.5]))
  assert.ok(round.length > 30)
  for (const each of round) assert.ok(Math.abs(Math.hypot(each[0] - round[0][0] + (round[0][0] - 300), each[1] - 300) - 98) < 8)
  assert.equal(snapped(shaky([[100, 300], [500, 300], [440, 240], [500, 300], [440, 360]])).length, 5)
})

test("an arrow ends on the box it nearly reaches, a box meets a box at a corner, and what is far stays", () => {
  const box = snapped(shaky([[100, 100], [400, 100], [400, 300], [100, 300], [101, 103]]))
  const right = Math.max(...box.map(([x]) => x))
  const arrow = snapped(shaky([[700, 200], [right + 9, 200], [right + 69, 150], [right + 9, 200], [right + 69, 250]]))
  const met = joined(arrow, [box])
  assert.notEqual(arrow[1][0], right)
  assert.ok(Math.abs(met[1][0] - right) < 1e-9)
  assert.deepEqual(met[3], met[1])
  const corner = box.find((each) => each[0] === right && each[1] < 200)
  assert.deepEqual(joined([[corner[0] + 10, corner[1] - 12, 0.5], [800, 50, 0.5]], [box])[0], corner)
  const other = snapped(shaky([[412, 292], [600, 292], [600, 500], [412, 500], [413, 295]]))
  const beside = joined(other, [box])
  assert.ok(box.some((one) => beside.some((each) => near(one, each, 1e-9))))
  assert.ok(!box.some((one) => other.some((each) => near(one, each, 1e-9))))
  assert.ok(Math.abs(beside[1][0] - beside[0][0] - (other[1][0] - other[0][0])) < 1e-9)
  const far = [[700, 700, 0.5], [900, 700, 0.5]]
  assert.deepEqual(joined(far, [box]), far)
  assert.deepEqual(joined(far, []), far)
})

test("what is no shape is left as it was drawn", () => {
  assert.equal(snapped(wave(200)), null)
  assert.equal(snapped([[5, 5, 0.5], [9, 9, 0.5]]), null)
})

/** A hand on a processor of its own: each step is `[milliseconds, y]`, and a pause longer than two seconds comes with a late timer. */
function drawn(t, steps, { up, isBusy = false }) {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  globalThis.requestAnimationFrame = () => 1
  const painter = { begin: () => {}, end: () => {}, show: () => {}, frame: () => {}, trace: { add: () => {} } }
  const made = []
  const hand = new StrokeInHand(painter, { shown: () => [], onDone: (mark) => made.push(mark) })
  const { nib, ink, width, hasPressure } = stroke([])
  hand.begin({ nib, ink, width, hasPressure }, [100, 100, 0.5], { at: 0 })
  for (const [index, [at, y]] of steps.entries()) {
    if (isBusy) t.mock.timers.tick(2000) // events wait, and the timer comes first
    hand.extend([100 + (index + 1) * 60, y, 0.5], { at })
  }
  if (isBusy) t.mock.timers.tick(2000)
  hand.finish(up)
  t.mock.timers.reset()
  return made[0].points
}

const WAVY = [[10, 108], [20, 94], [30, 106], [40, 95], [50, 104]]

test("a line becomes straight where the hand rested, however the processor paused", (t) => {
  assert.equal(drawn(t, WAVY, { up: 60 }).length, 6)
  assert.equal(drawn(t, WAVY, { up: 60, isBusy: true }).length, 6) // timers ran out between any two events
  assert.equal(drawn(t, WAVY, { up: 800 }).length, 2) // no timer ran out, and the hand was still
  assert.equal(drawn(t, [...WAVY, [900, 300]], { up: 910 }).length, 2) // lifting it moved it
  assert.equal(drawn(t, WAVY, { up: 800, isBusy: true }).length, 2)
})

test("plain ink keeps the way, not the hand's trembling, speed or pressure", () => {
  const hand = wave(300).map(([x, y], index) => [x + (index % 2), y + 2.5 * Math.sin(index * 2.1), (index % 10) / 10])
  const drawn = plain(hand)
  for (const [x, y, pressure] of drawn) {
    assert.equal(pressure, 0.5)
    assert.ok(Math.abs(y - 200 - 60 * Math.sin(x / 45)) < 14, `${x} ${y}`)
  }
  const gaps = drawn.slice(1).map((each, index) => Math.hypot(each[0] - drawn[index][0], each[1] - drawn[index][1]))
  assert.ok(Math.max(...gaps) < 2 * (gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length))
})

test("two fingers keep what lies under them, and no edge of the sheet comes into the frame", () => {
  const frame = { width: 720, height: 450 }
  const view = pulled(WHOLE, [[200, 200], [400, 200]], [[150, 220], [550, 220]], frame)
  assert.equal(view.scale, 2)
  assert.deepEqual([(350 - view.x) / view.scale, (220 - view.y) / view.scale], [300, 200])
  assert.deepEqual(pulled(view, [[9, 9]], [[9000, 9000]], frame), { scale: 2, x: 0, y: 0 })
  assert.deepEqual(zoomed(view, 0.01, [0, 0], frame), WHOLE)
  assert.equal(zoomed(view, 99, [0, 0], frame).scale, 8)
})

const touch = (pointerId, more = {}) => ({ pointerId, pointerType: "touch", clientX: 100, clientY: 100, width: 20, height: 20, button: 0, buttons: 1, ...more })
const pen = (more = {}) => touch(99, { pointerType: "pen", width: 1, height: 1, ...more })

test("a pen draws over a palm that was there first, and the palm's touch is taken back", () => {
  const hands = new Hands()
  assert.equal(hands.down(touch(1), 0), "begin") // narrow at first, as palms are
  assert.equal(hands.down(pen(), 80), "restart")
  assert.equal(hands.drawing, 99)
  assert.equal(hands.move(touch(1, { clientX: 150 }), 90), "none")
  assert.equal(hands.up(touch(1), 100), "none")
  assert.equal(hands.up(pen(), 300), "end")
})

test("a palm leaves nothing: wide at once, wide later, or beside a pen", () => {
  const hands = new Hands()
  assert.equal(hands.down(touch(1, { width: 90 }), 0), "none")
  hands.up(touch(1), 10)
  assert.equal(hands.down(touch(2), 100), "begin")
  assert.equal(hands.move(touch(2, { width: 90 }), 150), "cancel")
  hands.up(touch(2), 200)
  hands.down(pen(), 1000)
  hands.up(pen(), 1100)
  assert.equal(hands.down(touch(3), 2000), "none")
})

test("once a pen was here fingers move the sheet, until somebody says otherwise", () => {
  const hands = new Hands()
  hands.down(pen(), 0)
  hands.up(pen(), 10)
  assert.ok(hands.isPenOnly)
  assert.equal(hands.down(touch(1), 9000), "none")
  assert.equal(hands.move(touch(1, { clientX: 200 }), 9100), "view")
  hands.up(touch(1), 9200)
  hands.isPenOnly = false
  assert.equal(hands.down(touch(2), 9300), "begin")
  hands.up(touch(2), 9400)
  hands.down(pen(), 9500)
  assert.ok(!hands.isPenOnly) // said once, it holds
})

test("two fingers leave no ink: they move the sheet, or undo by a tap; three do it again", () => {
  const hands = new Hands()
  assert.equal(hands.down(touch(1), 0), "begin")
  assert.equal(hands.down(touch(2, { clientX: 200 }), 60), "cancel")
  hands.move(touch(1, { clientX: 60 }), 90)
  assert.equal(hands.move(touch(2, { clientX: 260 }), 100), "view")
  assert.deepEqual(hands.pull, [[[60, 100], [200, 100]], [[60, 100], [260, 100]]])
  assert.equal(hands.up(touch(1), 150), "none")
  assert.equal(hands.up(touch(2), 160), "none") // it moved, so it was no tap
  const tap = (count, at) => {
    for (let finger = 0; finger < count; finger += 1) hands.down(touch(finger), at + finger)
    return Array.from({ length: count }, (_, finger) => hands.up(touch(finger), at + 80 + finger)).at(-1)
  }
  assert.equal(tap(2, 1000), "undo")
  assert.equal(tap(3, 2000), "redo")
  assert.equal(tap(1, 3000), "end") // one finger is a dot
})

test("a hand that comes down long after the stroke began does not end it", () => {
  const hands = new Hands()
  hands.down(touch(1), 0)
  hands.move(touch(1, { clientX: 130 }), 500)
  assert.equal(hands.down(touch(2), 900), "none")
  assert.equal(hands.move(touch(1), 910), "extend")
})

test("a hand that came first and has not stirred leaves the sheet to the finger that comes then", () => {
  const hands = new Hands()
  assert.equal(hands.down(touch(1), 0), "begin")
  assert.equal(hands.move(touch(1, { clientX: 104 }), 300), "extend")
  assert.equal(hands.down(touch(2, { clientX: 200 }), 900), "restart")
  assert.equal(hands.move(touch(2, { clientX: 260 }), 950), "extend")
  assert.equal(hands.move(touch(1, { clientX: 160 }), 960), "none")
  assert.equal(hands.up(touch(2), 990), "end")
  assert.equal(hands.up(touch(1), 2000), "none")
  assert.equal(hands.down(touch(3), 3000), "begin") // nothing of it is left behind
  hands.move(touch(3, { clientX: 180 }), 3100)
  assert.equal(hands.down(touch(4), 3900), "none") // a hand beside the stroke
})

test("a place that keys reach is brought into the frame, and no more is moved than that takes", () => {
  const frame = { width: 720, height: 450 }
  const view = { scale: 2, x: -300, y: -200 }
  assert.deepEqual(brought(view, [0.5, 0.5], frame), view)
  const right = brought(view, [0.95, 0.5], frame)
  assert.deepEqual([right.y, right.x + 0.95 * 1440], [view.y, 720 * 0.9])
  assert.deepEqual(brought(view, [0, 0], frame), { scale: 2, x: 0, y: 0 })
})

test("the other end of a pen rubs out", () => {
  assert.ok(Hands.isEraserEnd(pen({ buttons: 32, button: 5 })))
  assert.ok(!Hands.isEraserEnd(pen()))
})
