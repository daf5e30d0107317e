/**
 * What is on a sheet: marks in the order they were made, with undo and redo without end, also of clearing.
 * A point is `[x, y, pressure]` in drawing pixels and 0..1; a place is `[x, y]`.
 * @typedef {[number, number, number]} Point
 * @typedef {[number, number]} Place
 * @typedef {"pen" | "marker" | "highlighter" | "eraser"} Nib
 * @typedef {{kind: "stroke", nib: Nib, points: Point[], ink: string, width: number, hasPressure: boolean, isEven?: boolean, isExact?: boolean}} Stroke
 * @typedef {{kind: "sign", path: string, at: Place, size: number, ink: string}} Sign
 * @typedef {{kind: "label", lines: string[], half: number, at: Place, size: number, ink: string}} Label `half` as wide as its longest line
 * @typedef {Stroke | Sign | Label} Ink
 * @typedef {{kind: "paper", colour: string}} Paper
 * @typedef {{kind: "template", path: string, isSquare: boolean}} Template
 * @typedef {Ink | Paper | Template | {kind: "clear"} | {kind: "taken", marks: Ink[]}} Mark
 */

/**
 * The ink that is to be seen: since the last clearing, less what was taken off whole.
 * @param {Mark[]} marks @returns {Ink[]}
 */
export function visible(marks) {
  const since = marks.slice(marks.findLastIndex((mark) => mark.kind === "clear") + 1)
  const taken = new Set(since.flatMap((mark) => (mark.kind === "taken" ? mark.marks : [])))
  return since.filter((mark) => isInk(mark)).filter((mark) => !taken.has(mark))
}

/**
 * What the ink lies on; clearing leaves it.
 * @param {Mark[]} marks @returns {{paper: Paper | undefined, template: Template | undefined}}
 */
export function ground(marks) {
  return { paper: marks.findLast((mark) => mark.kind === "paper"), template: marks.findLast((mark) => mark.kind === "template") }
}

/** @param {Mark[]} marks @returns {boolean} nothing but paper */
export function isBlank(marks) {
  return !visible(marks).some((mark) => mark.kind !== "stroke" || mark.nib !== "eraser")
}

/** @param {Mark} mark @returns {mark is Ink} */
function isInk(mark) {
  return ["stroke", "sign", "label"].includes(mark.kind)
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
