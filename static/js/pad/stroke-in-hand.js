/**
 * The stroke that is being drawn: from pen down to pen up, or until it turns out to be none.
 *
 * A line that rests at its end becomes a shape. Whether the hand rested is told by the times of its touches alone; a timer only
 * shows the shape meanwhile, and what it showed is taken back if touches come late that were made before.
 */
import { touches } from "./ink.js"
import { joined } from "./join.js"
import { plain } from "./plain.js"
import { snapped } from "./snap.js"

const HOLD_MS = 650 // so long in one place at the end of a line: it is meant as a shape
const STILL_PX = 7
const RUB_PX = 6

export class StrokeInHand {
  /** @type {import("./marks.js").Stroke | null} */
  #stroke = null
  /** @type {Set<import("./marks.js").Ink> | null} what the whole-stroke eraser takes in this go */
  #taken = null
  /** @type {import("./marks.js").Point[] | null} what it has become by waiting */
  #shape = null
  isSnapping = false
  isPlain = false
  #isShape = false // the hand did wait: what comes after no longer counts
  #timer = 0
  #restsAt = [0, 0]
  #restsSince = 0
  #frame = 0

  /**
   * @param {import("./painter.js").Painter} painter
   * @param {{shown: () => import("./marks.js").Ink[], onDone: (mark: import("./marks.js").Mark) => void}} sheet
   */
  constructor(painter, { shown, onDone }) {
    this.painter = painter
    this.shown = shown
    this.onDone = onDone
  }

  get isDrawn() {
    return this.#stroke !== null
  }

  get isOn() {
    return this.#stroke !== null || this.#taken !== null
  }

  /**
   * @param {Omit<import("./marks.js").Stroke, "kind" | "points">} manner @param {import("./marks.js").Point} point
   * @param {{isSnapping?: boolean, isPlain?: boolean, at?: number}} [how] `at`: when the touch was made; none: by keys, which rest between any two
   */
  begin(manner, point, { isSnapping = false, isPlain = false, at = NaN } = {}) {
    this.#stroke = { ...manner, kind: "stroke", points: [point], isEven: isSnapping || isPlain }
    this.isSnapping = isSnapping
    this.isPlain = isPlain
    this.#shape = null
    this.#isShape = false
    this.#wet()
    this.#rest(point, at)
  }

  /** Take off whole what is touched. @param {number} reach @param {import("./marks.js").Point} point */
  rub(reach, point) {
    this.reach = reach
    this.#taken = new Set()
    this.#take(point)
  }

  /**
   * @param {import("./marks.js").Point} point
   * @param {{at?: number, likely?: import("./marks.js").Point[]}} [how] when the touch was made, and where it seems to go next
   */
  extend(point, { at = NaN, likely = [] } = {}) {
    this.likely = likely
    if (this.#taken) return this.#take(point)
    if (!this.#stroke || this.#isShape || this.#rested(at)) return
    const wasShape = this.#shape !== null // too early: the hand had not waited
    this.#shape = null
    this.#stroke.points.push(point)
    if (wasShape) this.#wet()
    else this.painter.trace.add(point)
    if (Math.hypot(point[0] - this.#restsAt[0], point[1] - this.#restsAt[1]) > STILL_PX) this.#rest(point, at)
    this.#soon()
  }

  /** @param {number} [at] when the hand was lifted */
  finish(at = NaN) {
    clearTimeout(this.#timer)
    if (!this.#isShape && !this.#rested(at)) this.#shape = null // what a timer showed too early
    const [stroke, taken] = [this.#stroke, this.#taken]
    this.#stroke = this.#taken = null
    if (taken?.size) this.onDone({ kind: "taken", marks: [...taken] })
    if (!stroke) return
    this.painter.end()
    const shape = this.#shape ?? (this.isSnapping ? this.#snapped(stroke) : null)
    if (shape) this.onDone({ ...stroke, points: shape, isExact: true })
    else this.onDone(this.isPlain && stroke.nib !== "eraser" ? { ...stroke, points: plain(stroke.points) } : stroke)
  }

  /** It was none: the first of two fingers, a palm. */
  drop() {
    clearTimeout(this.#timer)
    this.#stroke = this.#taken = null
    this.painter.end()
  }

  /** Paint all that has come of it. */
  #wet() {
    if (!this.#stroke) return
    this.painter.begin(this.#stroke)
    for (const point of this.#stroke.points) this.painter.trace.add(point)
    this.#soon()
  }

  /** Here the hand is still; if it stays so, the line becomes a shape. @param {import("./marks.js").Point} point @param {number} at */
  #rest(point, at) {
    this.#restsAt = [point[0], point[1]]
    this.#restsSince = this.#stroke?.nib === "pen" || this.#stroke?.nib === "marker" ? at : NaN
    clearTimeout(this.#timer)
    if (!Number.isNaN(this.#restsSince)) this.#timer = setTimeout(() => this.#straighten(), HOLD_MS)
  }

  /** Whether the hand has waited by then, and what it drew has become a shape for good. @param {number} at */
  #rested(at) {
    if (!this.#stroke || !(at - this.#restsSince >= HOLD_MS)) return false
    if (!this.#shape) this.#straighten()
    this.#isShape = this.#shape !== null
    this.#restsSince = NaN // no shape now is none until it has moved on
    return this.#isShape
  }

  #straighten() {
    if (!this.#stroke) return
    this.#shape = this.#snapped(this.#stroke)
    if (!this.#shape) return
    this.painter.end()
    this.painter.show([...this.shown(), { ...this.#stroke, points: this.#shape, isExact: true }])
  }

  /** As a shape, and as it meets the shapes that are there. @param {import("./marks.js").Stroke} stroke */
  #snapped({ points }) {
    const others = this.shown().flatMap((mark) => (mark.kind === "stroke" && mark.isExact ? [mark.points] : []))
    const shape = snapped(points)
    return shape && joined(shape, others)
  }

  /** @param {import("./marks.js").Point} point */
  #take([x, y]) {
    const left = this.shown().filter((mark) => !this.#taken?.has(mark))
    const hit = left.filter((mark) => touches(mark, [x, y], (this.reach ?? 0) / 2 + RUB_PX))
    for (const mark of hit) this.#taken?.add(mark)
    if (hit.length) this.painter.show(left.filter((mark) => !hit.includes(mark)))
  }

  /** Paint before the next frame is shown, once, however many points came. */
  #soon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      if (this.#stroke && !this.#shape) this.painter.frame(this.likely)
      this.likely = []
    })
  }
}
