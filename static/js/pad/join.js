/**
 * Shapes that snap to each other: a line or an arrow ends on what it nearly reaches, a box meets a corner with a corner.
 * @typedef {import("./marks.js").Point} Point
 */
import { arrowed } from "./snap.js"

const CORNER_PX = 24 // so near a corner, it is meant
const SIDE_PX = 14 // so near a side
const ROUND = 12 // corners; more are a round thing, which lies where it was drawn

/** The shape as it meets those that are there. @param {Point[]} shape @param {Point[][]} others @returns {Point[]} */
export function joined(shape, others) {
  if (!others.length) return shape
  if (shape.length === 2) return ends(shape[0], shape[1], others)
  if (shape.length === 5 && shape[1] === shape[3]) return arrowed(...ends(shape[0], shape[1], others))
  if (shape.length > ROUND) return shape
  const corners = others.filter((other) => other.length <= ROUND).flat()
  const [from, to] = shape.flatMap((one) => corners.map((other) => [one, other])).sort((a, b) => gap(a[0], a[1]) - gap(b[0], b[1]))[0] ?? []
  if (!from || !to || gap(from, to) > CORNER_PX) return shape
  return shape.map(([x, y, pressure]) => [x + to[0] - from[0], y + to[1] - from[1], pressure])
}

/** Both ends where they meet something; as they were if both would become one. @param {Point} from @param {Point} to @param {Point[][]} others @returns {[Point, Point]} */
function ends(from, to, others) {
  const [start, end] = [met(from, others), met(to, others)]
  return gap(start, end) > CORNER_PX ? [start, end] : [from, to]
}

/** The corner that is near, else the side, else the place itself. @param {Point} at @param {Point[][]} others @returns {Point} */
function met(at, others) {
  const [corner] = others.flat().sort((a, b) => gap(a, at) - gap(b, at))
  if (gap(corner, at) <= CORNER_PX) return corner
  const [foot] = others.flatMap((other) => other.slice(1).map((next, index) => footOn(at, other[index], next))).sort((a, b) => gap(a, at) - gap(b, at))
  return foot && gap(foot, at) <= SIDE_PX ? foot : at
}

/** @param {Point} at @param {Point} from @param {Point} to @returns {Point} */
function footOn(at, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const along = Math.min(Math.max(((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / (dx * dx + dy * dy || 1), 0), 1)
  return [from[0] + along * dx, from[1] + along * dy, at[2]]
}

/** @param {Point} one @param {Point} other */
function gap(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1])
}
