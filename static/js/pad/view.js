/**
 * Which part of the sheet is seen, and how large: a sheet of the frame's size, moved by `x, y` pixels and `scale` times as large.
 * @typedef {{scale: number, x: number, y: number}} View
 * @typedef {[number, number]} Place
 */
import { clamp } from "../parts/geometry.js"

export const MOST = 8
const MARGIN = 0.1 // of the frame; nearer its edge a place is brought in
/** @type {View} */
export const WHOLE = { scale: 1, x: 0, y: 0 }

/**
 * What two fingers (or one) do: what lay under them stays under them.
 * @param {View} view @param {Place[]} before @param {Place[]} after in the frame's pixels @param {{width: number, height: number}} frame @returns {View}
 */
export function pulled(view, before, after, frame) {
  const [from, to] = [middle(before), middle(after)]
  const ratio = before.length > 1 ? span(after) / (span(before) || 1) : 1
  const scale = clamp(view.scale * ratio, 1, MOST)
  const grown = scale / view.scale
  return held({ scale, x: to[0] - (from[0] - view.x) * grown, y: to[1] - (from[1] - view.y) * grown }, frame)
}

/** Larger or smaller round a place. @param {View} view @param {number} ratio @param {Place} at @param {{width: number, height: number}} frame */
export function zoomed(view, ratio, at, frame) {
  const scale = clamp(view.scale * ratio, 1, MOST)
  const grown = scale / view.scale
  return held({ scale, x: at[0] - (at[0] - view.x) * grown, y: at[1] - (at[1] - view.y) * grown }, frame)
}

/** No edge of the sheet comes inside the frame. @param {View} view @param {{width: number, height: number}} frame @returns {View} */
export function held({ scale, x, y }, frame) {
  return { scale, x: clamp(x, frame.width * (1 - scale), 0), y: clamp(y, frame.height * (1 - scale), 0) }
}

/** Moved no more than it takes to see a place. @param {View} view @param {Place} at a share of the sheet @param {{width: number, height: number}} frame @returns {View} */
export function brought({ scale, x, y }, [across, down], frame) {
  const along = (/** @type {number} */ from, /** @type {number} */ share, /** @type {number} */ size) =>
    clamp(from, size * MARGIN - share * size * scale, size * (1 - MARGIN) - share * size * scale)
  return held({ scale, x: along(x, across, frame.width), y: along(y, down, frame.height) }, frame)
}

/** @param {Place[]} places @returns {Place} */
function middle(places) {
  return [places.reduce((sum, [x]) => sum + x, 0) / places.length, places.reduce((sum, [, y]) => sum + y, 0) / places.length]
}

/** @param {Place[]} places */
function span([one, other]) {
  return Math.hypot(one[0] - other[0], one[1] - other[1])
}
