/** The stroke that is being drawn: from pen down to pen up, or until it turns out to be none. */
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
  #timer = 0
  #restsAt = [0, 0]
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

  /** @param {Omit<import("./marks.js").Stroke, "kind" | "points">} manner @param {import("./marks.js").Point} point @param {{isSnapping?: boolean, isPlain?: boolean, isByKey?: boolean}} [how] */
  begin(manner, point, { isSnapping = false, isPlain = false, isByKey = false } = {}) {
    this.#stroke = { ...manner, kind: "stroke", points: [point], isEven: isSnapping || isPlain }
    this.isSnapping = isSnapping
    this.isPlain = isPlain
    this.isByKey = isByKey
    this.#shape = null
    this.painter.begin(this.#stroke)
    this.painter.trace.add(point)
    this.#rest(point)
    this.#soon()
  }

  /** Take off whole what is touched. @param {number} reach @param {import("./marks.js").Point} point */
  rub(reach, point) {
    this.reach = reach
    this.#taken = new Set()
    this.#take(point)
  }

  /** @param {import("./marks.js").Point} point @param {import("./marks.js").Point[]} [likely] where it seems to go next */
  extend(point, likely = []) {
    this.likely = likely
    if (this.#taken) return this.#take(point)
    if (!this.#stroke || this.#shape) return
    this.#stroke.points.push(point)
    this.painter.trace.add(point)
    if (Math.hypot(point[0] - this.#restsAt[0], point[1] - this.#restsAt[1]) > STILL_PX) this.#rest(point)
    this.#soon()
  }

  finish() {
    clearTimeout(this.#timer)
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

  /** Here the hand is still; if it stays so, the line becomes a shape. @param {import("./marks.js").Point} point */
  #rest(point) {
    this.#restsAt = [point[0], point[1]]
    clearTimeout(this.#timer)
    if (!this.isByKey && (this.#stroke?.nib === "pen" || this.#stroke?.nib === "marker")) this.#timer = setTimeout(() => this.#straighten(), HOLD_MS)
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
