/**
 * Ink on a canvas: one mark at a time, always in the same way, so that undo and redo give the same pixels.
 * @typedef {import("./trace.js").Disc} Disc
 * @typedef {[number, number, number, number]} Bounds left, top, right, bottom
 */
import { clamp } from "../parts/geometry.js"
import { discsOf } from "./trace.js"

const HIGHLIGHT = 0.5 // of the highlighter's colour
export const AT_ONCE = 64 // hulls in one path; always the same ones, or their edges would differ by a shade
const SIGN_LINE = 5.5 // of a sign's hundred
const LINE = 0.94 // of the sheet, words go
const LEADING = 1.2 // of a letter's size, from line to line
const FROM_RIGHT = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u
export const FACE = '"Atkinson Hyperlegible Next", system-ui, sans-serif'

/**
 * @param {CanvasRenderingContext2D} brush of the layer
 * @param {import("./marks.js").Ink} mark
 * @param {CanvasRenderingContext2D} wet a clear layer of the same size, clear again afterwards
 */
export function stamp(brush, mark, wet) {
  if (mark.kind === "stroke") {
    const discs = discsOf(mark)
    wet.fillStyle = mark.ink
    hulls(wet, discs)
    const part = bounds(discs, wet.canvas)
    dried(brush, mark.nib, wet.canvas, part)
    cleared(wet, part)
    return
  }
  brush.save()
  if (mark.kind === "sign") sign(brush, mark)
  else label(brush, mark)
  brush.restore()
}

/** Wet ink goes into a layer: a stroke as one, so that the highlighter lies evenly where it crosses itself. @param {CanvasRenderingContext2D} brush @param {import("./marks.js").Nib} nib @param {HTMLCanvasElement} wet @param {Bounds} part */
export function dried(brush, nib, wet, part) {
  brush.save()
  if (nib === "eraser") brush.globalCompositeOperation = "destination-out"
  if (nib === "highlighter") brush.globalCompositeOperation = "multiply"
  if (nib === "highlighter") brush.globalAlpha = HIGHLIGHT
  copied(brush, wet, part)
  brush.restore()
}

/** @param {CanvasRenderingContext2D} brush @param {Bounds} part */
export function cleared(brush, [left, top, right, bottom]) {
  brush.clearRect(left, top, Math.max(right - left, 0), Math.max(bottom - top, 0))
}

/** @param {CanvasRenderingContext2D} brush @param {HTMLCanvasElement} layer @param {Bounds} part */
export function copied(brush, layer, [left, top, right, bottom]) {
  const [width, height] = [right - left, bottom - top]
  if (width > 0 && height > 0) brush.drawImage(layer, left, top, width, height, left, top, width, height)
}

/** Fill the hulls from each disc to the next. @param {CanvasRenderingContext2D} brush @param {Disc[]} discs @param {number} [from] the first hull, by its second disc */
export function hulls(brush, discs, from = 1) {
  for (let begin = from; begin < discs.length; begin += AT_ONCE) {
    brush.beginPath()
    for (let at = begin; at < Math.min(begin + AT_ONCE, discs.length); at += 1) hull(brush, discs[at - 1], discs[at])
    brush.fill()
  }
  if (discs.length !== 1) return
  brush.beginPath()
  brush.arc(...discs[0], 0, 2 * Math.PI)
  brush.fill()
}

/** @param {CanvasRenderingContext2D} brush @param {Disc} one @param {Disc} other */
function hull(brush, [ax, ay, ar], [bx, by, br]) {
  const gap = Math.hypot(bx - ax, by - ay)
  if (gap <= Math.abs(ar - br)) {
    const [x, y, radius] = ar > br ? [ax, ay, ar] : [bx, by, br]
    brush.moveTo(x + radius, y)
    brush.arc(x, y, radius, 0, 2 * Math.PI)
    return
  }
  const way = Math.atan2(by - ay, bx - ax)
  const lean = Math.acos((ar - br) / gap)
  brush.moveTo(ax + ar * Math.cos(way + lean), ay + ar * Math.sin(way + lean))
  brush.arc(ax, ay, ar, way + lean, way - lean + 2 * Math.PI)
  brush.arc(bx, by, br, way - lean, way + lean)
  brush.closePath()
}

/** @param {CanvasRenderingContext2D} brush @param {import("./marks.js").Sign} mark */
function sign(brush, mark) {
  brush.translate(mark.at[0] - mark.size / 2, mark.at[1] - mark.size / 2)
  brush.scale(mark.size / 100, mark.size / 100)
  lines(brush, new Path2D(mark.path), mark.ink, SIGN_LINE)
}

/** @param {CanvasRenderingContext2D} brush @param {Path2D} path @param {string} ink @param {number} width */
export function lines(brush, path, ink, width) {
  brush.lineCap = brush.lineJoin = "round"
  brush.lineWidth = width
  brush.strokeStyle = ink
  brush.stroke(path)
}

/**
 * Words as they will stand on the sheet: in as many lines as they need, and all of them on it.
 * @param {CanvasRenderingContext2D} brush @param {{words: string, at: [number, number], size: number, ink: string}} wish @returns {import("./marks.js").Label}
 */
export function lettered(brush, { words, at, size, ink }) {
  const { width, height } = brush.canvas
  brush.font = `600 ${size}px ${FACE}`
  const widthOf = (/** @type {string} */ line) => brush.measureText(line).width
  const lines = [""]
  for (const word of words.split(/\s+/u)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim()
    if (widthOf(longer) > width * LINE && lines[lines.length - 1]) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  const half = Math.min(Math.max(...lines.map(widthOf)), width) / 2
  const tall = Math.min((lines.length * size * LEADING) / 2, height / 2)
  return { kind: "label", lines, half, at: [clamp(at[0], half, width - half), clamp(at[1], tall, height - tall)], size, ink }
}

/** @param {CanvasRenderingContext2D} brush @param {import("./marks.js").Label} mark */
function label(brush, { lines, at, size, ink }) {
  brush.font = `600 ${size}px ${FACE}`
  brush.textAlign = "center"
  brush.textBaseline = "middle"
  brush.fillStyle = ink
  brush.direction = FROM_RIGHT.test(lines[0]) ? "rtl" : "ltr"
  lines.forEach((line, index) => brush.fillText(line, at[0], at[1] + (index - (lines.length - 1) / 2) * size * LEADING, brush.canvas.width))
}

/** Whole pixels round some discs, within the layer. @param {Disc[]} discs @param {{width: number, height: number}} layer @param {number} [from] @returns {Bounds} */
export function bounds(discs, layer, from = 0) {
  let [left, top, right, bottom] = [layer.width, layer.height, 0, 0]
  for (let at = from; at < discs.length; at += 1) {
    const [x, y, radius] = discs[at]
    left = Math.min(left, x - radius)
    top = Math.min(top, y - radius)
    right = Math.max(right, x + radius)
    bottom = Math.max(bottom, y + radius)
  }
  return [Math.max(Math.floor(left) - 2, 0), Math.max(Math.floor(top) - 2, 0), Math.min(Math.ceil(right) + 2, layer.width), Math.min(Math.ceil(bottom) + 2, layer.height)]
}

/** Whether a place touches a mark. @param {import("./marks.js").Ink} mark @param {[number, number]} at @param {number} reach pixels round the place */
export function touches(mark, [x, y], reach) {
  if (mark.kind === "stroke") return mark.nib !== "eraser" && discsOf(mark).some((disc, index, all) => isNear(disc, all[index + 1] ?? disc, x, y, reach))
  const [half, tall] = mark.kind === "sign" ? [mark.size / 2, mark.size / 2] : [mark.half, (mark.lines.length * mark.size * LEADING) / 2]
  return Math.abs(x - mark.at[0]) < half + reach && Math.abs(y - mark.at[1]) < tall + reach
}

/** @param {Disc} one @param {Disc} other @param {number} x @param {number} y @param {number} reach */
function isNear([ax, ay, ar], [bx, by], x, y, reach) {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1)
  return Math.hypot(x - ax - along * dx, y - ay - along * dy) < ar + reach
}
