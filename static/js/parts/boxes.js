/**
 * Boxes that cover part of a drawing: `[x, y, width, height]` in drawing pixels, whole numbers inside the sheet.
 * @typedef {[number, number, number, number]} Box
 * @typedef {{width: number, height: number}} Size
 */
import { clamp } from "./geometry.js"

export const LEAST_PX = 24 // smaller than this is a slip of the finger, not a cover

/** @param {[number, number]} one @param {[number, number]} other @param {Size} sheet @returns {Box} */
export function spanned([ax, ay], [bx, by], sheet) {
  const x = Math.floor(clamp(Math.min(ax, bx), 0, sheet.width))
  const y = Math.floor(clamp(Math.min(ay, by), 0, sheet.height))
  return [x, y, Math.ceil(clamp(Math.max(ax, bx), 0, sheet.width)) - x, Math.ceil(clamp(Math.max(ay, by), 0, sheet.height)) - y]
}

/** @param {Box} box */
export function isSlip([, , width, height]) {
  return width < LEAST_PX || height < LEAST_PX
}

/** @param {Box} box @param {number} dx @param {number} dy @param {Size} sheet @returns {Box} */
export function moved([x, y, width, height], dx, dy, sheet) {
  return [clamp(x + dx, 0, sheet.width - width), clamp(y + dy, 0, sheet.height - height), width, height]
}

/** @param {Box} box @param {number} dx @param {number} dy @param {Size} sheet @returns {Box} */
export function sized([x, y, width, height], dx, dy, sheet) {
  return [x, y, clamp(width + dx, LEAST_PX, sheet.width - x), clamp(height + dy, LEAST_PX, sheet.height - y)]
}

/** How much of the smaller box lies in the other one, 0 to 1. @param {Box} one @param {Box} other */
export function overlap([ax, ay, aw, ah], [bx, by, bw, bh]) {
  const across = Math.min(ax + aw, bx + bw) - Math.max(ax, bx)
  const down = Math.min(ay + ah, by + bh) - Math.max(ay, by)
  return across > 0 && down > 0 ? (across * down) / Math.min(aw * ah, bw * bh) : 0
}

/** A box in the middle to begin with. @param {Size} sheet @returns {Box} */
export function middle(sheet) {
  const width = Math.round(sheet.width / 4)
  const height = Math.round(sheet.height / 8)
  return [Math.round((sheet.width - width) / 2), Math.round((sheet.height - height) / 2), width, height]
}
