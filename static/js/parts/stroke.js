/**
 * Geometry of a drawing: points in, points out. A point is `[x, y, pressure]` in drawing pixels and 0..1.
 * @typedef {[number, number, number]} Point
 * @typedef {{kind: "stroke", points: Point[], ink: string, width: number, isEraser: boolean, hasPressure: boolean}} Stroke
 * @typedef {Stroke | {kind: "clear"}} Mark
 */
import { getStroke } from "../../vendor/perfect-freehand/index.mjs"

/**
 * From a place on the screen to a place on the sheet.
 * @param {{clientX: number, clientY: number, pressure: number}} event
 * @param {{left: number, top: number, width: number, height: number}} box
 * @param {{width: number, height: number}} sheet
 * @returns {Point}
 */
export function place(event, box, sheet) {
  const x = ((event.clientX - box.left) / box.width) * sheet.width
  const y = ((event.clientY - box.top) / box.height) * sheet.height
  return [clamp(x, 0, sheet.width), clamp(y, 0, sheet.height), clamp(event.pressure || 0.5, 0, 1)]
}

/**
 * Leave out points that are nearer than `least` to the last one kept; first and last stay.
 * @param {Point[]} points @param {number} least pixels @returns {Point[]}
 */
export function thin(points, least = 1.5) {
  if (points.length < 3) return points
  const kept = [points[0]]
  for (const point of points.slice(1, -1)) {
    const last = kept[kept.length - 1]
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= least) kept.push(point)
  }
  kept.push(points[points.length - 1])
  return kept
}

/**
 * The outline of a stroke as a closed polygon.
 * @param {Stroke} stroke @returns {[number, number][]}
 */
export function outline(stroke) {
  return getStroke(thin(stroke.points), {
    size: stroke.width * (stroke.isEraser ? 2.6 : 1.5),
    thinning: stroke.isEraser ? 0 : 0.45,
    smoothing: 0.6,
    streamline: 0.4,
    simulatePressure: !stroke.hasPressure,
    last: true,
  })
}

/**
 * What is on the sheet after these marks: everything since the last clearing.
 * @param {Mark[]} marks @returns {Stroke[]}
 */
export function visible(marks) {
  const cleared = marks.findLastIndex((mark) => mark.kind === "clear")
  return /** @type {Stroke[]} */ (marks.slice(cleared + 1))
}

/** @param {Mark[]} marks @returns {boolean} nothing but paper */
export function isBlank(marks) {
  return !visible(marks).some((stroke) => !stroke.isEraser)
}

/** Marks with undo and redo. A new mark after undo forgets what was undone. */
export class Sheet {
  /** @type {Mark[]} */
  marks = []
  /** @type {Mark[]} */
  undone = []

  /** @param {Mark} mark */
  add(mark) {
    this.marks.push(mark)
    this.undone = []
  }

  undo() {
    const mark = this.marks.pop()
    if (mark) this.undone.push(mark)
    return mark
  }

  redo() {
    const mark = this.undone.pop()
    if (mark) this.marks.push(mark)
    return mark
  }
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high)
}
