/**
 * Plain ink: one width, and the way drawn anew from few places, so that less of a hand is in it.
 * @typedef {import("./marks.js").Point} Point
 */
import { simplified } from "./snap.js"

const LOSS_PX = 6 // what a hand does within this is not drawn again
const APART_PX = 9 // between points of the new line
const ROUNDS = 4 // of averaging each place with its neighbours

/** @param {Point[]} points @returns {Point[]} */
export function plain(points) {
  const few = simplified(points, LOSS_PX)
  if (few.length < 3) return few.map(([x, y]) => [x, y, 0.5])
  let even = spread(few)
  for (let round = 0; round < ROUNDS; round += 1) even = averaged(even)
  return even.map(([x, y]) => [x, y, 0.5])
}

/** The same line with points at even distances: no speed can be told from them. @param {[number, number][]} places @returns {[number, number][]} */
function spread(places) {
  const even = [places[0]]
  for (const [index, to] of places.slice(1).entries()) {
    const from = places[index]
    const count = Math.max(Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / APART_PX), 1)
    for (let step = 1; step <= count; step += 1) even.push([from[0] + ((to[0] - from[0]) * step) / count, from[1] + ((to[1] - from[1]) * step) / count])
  }
  return even
}

/** @param {[number, number][]} places @returns {[number, number][]} */
function averaged(places) {
  return places.map(([x, y], index) => {
    const [before, after] = [places[index - 1], places[index + 1]]
    return before && after ? [(before[0] + 2 * x + after[0]) / 4, (before[1] + 2 * y + after[1]) / 4] : [x, y]
  })
}
