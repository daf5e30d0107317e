import assert from "node:assert/strict"
import { test } from "node:test"
import { sayReading } from "../../static/js/parts/busy.js"
import { IdleWatch } from "../../static/js/parts/idle.js"
import { Countdown } from "../../static/js/visit/countdown.js"
import { FORMATS, Stopwatch, bareType, clockFace, loudness, pickFormat } from "../../static/js/parts/sound.js"

test("the watch is quiet, then warns for its last seconds, then is over", () => {
  const watch = new IdleWatch(60, 15)
  watch.touch(1000)
  assert.equal(watch.look(45_900).state, "quiet")
  assert.deepEqual(watch.look(46_000), { state: "warning", left: 15 })
  assert.deepEqual(watch.look(60_500), { state: "warning", left: 1 })
  assert.equal(watch.look(61_000).state, "over")
})

test("a touch begins anew", () => {
  const watch = new IdleWatch(60, 15)
  watch.touch(50_000)
  assert.equal(watch.look(94_000).state, "quiet")
})

test("a touch during the warning gives all of the warning again", () => {
  const watch = new IdleWatch(60, 20)
  watch.touch(0)
  assert.deepEqual(watch.look(55_000), { state: "warning", left: 5 })
  watch.touchWarned(55_000)
  assert.deepEqual(watch.look(55_000), { state: "warning", left: 20 })
  assert.equal(watch.look(75_000).state, "over")
})

test("while someone speaks the clock stands still, and afterwards it begins anew", () => {
  const watch = new IdleWatch(60, 15)
  watch.touch(0)
  watch.hold(true, 10_000)
  assert.equal(watch.look(400_000).state, "quiet")
  watch.hold(false, 400_000)
  assert.equal(watch.look(444_000).state, "quiet")
  assert.equal(watch.look(445_000).state, "warning")
})

test("the stopwatch counts only while it runs", () => {
  const watch = new Stopwatch()
  watch.start(0)
  watch.stop(4_000)
  assert.equal(watch.seconds(100_000), 4)
  watch.start(200_000)
  watch.start(201_000)
  assert.equal(watch.seconds(203_000), 7)
})

test("a clock face has two digits for seconds", () => {
  assert.deepEqual([0, 9.9, 60, 299.99, 3601, -1].map(clockFace), ["0:00", "0:09", "1:00", "4:59", "60:01", "0:00"])
})

test("silence is nothing, speech is something, and nothing is louder than all", () => {
  assert.equal(loudness(new Float32Array(512)), 0)
  const tone = (height) => Float32Array.from({ length: 512 }, (_, index) => height * Math.sin(index / 4))
  assert.ok(loudness(tone(0.05)) > 0.3 && loudness(tone(0.05)) < loudness(tone(0.3)))
  assert.equal(loudness(tone(1)), 1)
})

test("the format is the first one that the browser has", () => {
  assert.equal(pickFormat(() => true), FORMATS[0])
  assert.equal(pickFormat((format) => format.startsWith("audio/mp4")), "audio/mp4;codecs=mp4a.40.2")
  assert.equal(pickFormat(() => false), "")
  assert.equal(bareType("Audio/WebM;codecs=opus"), "audio/webm")
  assert.equal(bareType(""), "audio/webm")
})

test("a countdown begins anew at a touch, and is over once", (context) => {
  context.mock.timers.enable({ apis: ["setInterval"] })
  const told = []
  let over = 0
  const countdown = new Countdown({ onTick: (left) => told.push(left), onOver: () => (over += 1) })
  countdown.start(20)
  context.mock.timers.tick(18_000)
  assert.equal(told.at(-1), 2)
  countdown.extend()
  context.mock.timers.tick(19_000)
  assert.deepEqual([told.at(-1), over], [1, 0])
  context.mock.timers.tick(1_000)
  countdown.extend() // nothing runs any more
  assert.deepEqual([over, countdown.timer, told.filter((left) => left === 20).length], [1, 0, 2])
})

test("while a sheet is read it is said, and after four seconds that it is much, and then nothing", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const busy = { textContent: "", dataset: { reading: "Looking", long: "Much" } }
  sayReading(busy, true)
  t.mock.timers.tick(3900)
  assert.equal(busy.textContent, "Looking")
  t.mock.timers.tick(200)
  assert.equal(busy.textContent, "Much")
  sayReading(busy, false)
  sayReading(busy, true)
  sayReading(busy, false)
  t.mock.timers.tick(9000)
  assert.equal(busy.textContent, "")
})
