/**
 * The way of ink: points come in one by one, and discs come out, `[x, y, radius]`, whose hulls from each to the next are the stroke.
 *
 * What has come out never changes, so that a frame paints only what is new, however long the stroke; and a hull is never
 * thinner than its thinner disc, so that sparse points of a fast zigzag leave no hourglasses.
 * @typedef {import("./marks.js").Point} Point
 * @typedef {[number, number, number]} Disc
 * @typedef {Pick<import("./marks.js").Stroke, "nib" | "width" | "hasPressure" | "isEven" | "isExact">} Manner
 */
const STEP_PX = 5 // between discs of a bend
const NEAR_PX = 30 // points closer than this are smoothed, the more the closer
const CORNER = 0.35 // cosine of a turn: sharper is meant as a corner
const LEAST_PX = 0.4

export class Trace {
  /** @type {Disc[]} */
  discs = []
  /** @type {Disc | null} where the ink has come to */
  #end = null
  /** @type {Disc | null} the knot before the last one */
  #before = null
  /** @type {Disc | null} */
  #last = null
  #share = 1

  /** @param {Manner} manner */
  constructor(manner) {
    this.manner = manner
  }

  /** @param {Point} point */
  add(point) {
    const knot = this.#knot(point)
    if (!knot) return
    if (!this.#last) {
      this.discs.push(knot)
      this.#end = knot
    } else if (this.#before && this.#end) {
      const bend = bent(this.#end, this.#before, this.#last, knot, this.manner.isExact)
      this.discs.push(...bend)
      this.#end = bend[bend.length - 1]
    }
    this.#before = this.#last
    this.#last = knot
  }

  /** The ink that is still to come if the stroke ends at `points`; nothing of it is remembered. @param {Point[]} points @returns {Disc[]} */
  tip(points = []) {
    if (!this.#end) return []
    const copy = new Trace(this.manner)
    copy.#end = this.#end
    copy.#before = this.#before
    copy.#last = this.#last
    copy.#share = this.#share
    for (const point of points) copy.add(point)
    const { discs } = copy
    copy.#finish()
    return [this.#end, ...discs]
  }

  /** The stroke ends at its last point, not where smoothing had come to. @param {Point} point @returns {Disc[]} all of it */
  finish(point) {
    if (this.#last) {
      const radius = this.#last[2]
      if (Math.hypot(point[0] - this.#last[0], point[1] - this.#last[1]) > LEAST_PX) {
        if (this.#before && this.#end) this.discs.push(...bent(this.#end, this.#before, this.#last, [point[0], point[1], radius], this.manner.isExact))
        this.#last = [point[0], point[1], radius]
      }
    }
    this.#finish()
    return this.discs
  }

  #finish() {
    if (this.#last && this.#last !== this.#end) this.discs.push(this.#last)
  }

  /** A place of the line, smoothed; none where the hand has hardly moved. @param {Point} point @returns {Disc | null} */
  #knot([x, y, pressure]) {
    const last = this.#last
    if (!last) return [x, y, this.#radius(pressure, 0)]
    const away = Math.hypot(x - last[0], y - last[1])
    if (away < LEAST_PX) return null
    const share = this.manner.isExact ? 1 : Math.min(0.45 + away / NEAR_PX, 1)
    return [last[0] + (x - last[0]) * share, last[1] + (y - last[1]) * share, this.#radius(pressure, away)]
  }

  /** @param {number} pressure @param {number} away pixels since the last point @returns {number} */
  #radius(pressure, away) {
    const { nib, isEven, isExact, hasPressure, width } = this.manner
    if (nib !== "pen" || isEven || isExact) return width / 2
    const wanted = hasPressure ? 0.35 + 1.2 * pressure : 1.05 - Math.min(away / 90, 1) * 0.3
    this.#share += (wanted - this.#share) * (this.#last ? 0.3 : 1)
    return (width / 2) * this.#share
  }
}

/** All discs of a stroke. @param {import("./marks.js").Stroke} stroke @returns {Disc[]} */
export function discsOf(stroke) {
  const trace = new Trace(stroke)
  for (const point of stroke.points) trace.add(point)
  return trace.finish(stroke.points[stroke.points.length - 1])
}

/**
 * From where the ink is, round the knot `at`, half way to the next one; a corner stays a corner.
 * @param {Disc} end @param {Disc} before @param {Disc} at @param {Disc} next @param {boolean} [isExact] @returns {Disc[]}
 */
function bent(end, before, at, next, isExact) {
  const half = /** @type {Disc} */ ([(at[0] + next[0]) / 2, (at[1] + next[1]) / 2, (at[2] + next[2]) / 2])
  if (isExact || turn(before, at, next) < CORNER) return [at, half]
  const count = Math.min(Math.ceil((gap(end, at) + gap(at, half)) / STEP_PX), 40)
  return Array.from({ length: Math.max(count, 1) }, (_, index) => {
    const t = (index + 1) / Math.max(count, 1)
    const weights = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
    return /** @type {Disc} */ ([0, 1, 2].map((axis) => weights[0] * end[axis] + weights[1] * at[axis] + weights[2] * half[axis]))
  })
}

/** @param {Disc} one @param {Disc} other */
function gap(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1])
}

/** The cosine between the way to a knot and the way on. @param {Disc} before @param {Disc} at @param {Disc} next */
function turn(before, at, next) {
  const [ax, ay, bx, by] = [at[0] - before[0], at[1] - before[1], next[0] - at[0], next[1] - at[1]]
  return (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by) || 1)
}
