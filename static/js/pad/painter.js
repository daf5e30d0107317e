/**
 * Paints a sheet: paper below, ink above, and on top the stroke that is just being drawn, still wet. A frame paints what is new
 * since the last one and shows the part of the canvas where that is, so that the ten-thousandth point costs what the tenth did.
 */
import { AT_ONCE, bounds, cleared, copied, dried, hulls, lines, stamp } from "./ink.js"
import { Trace } from "./trace.js"

export const PAPER = "#ffffff"
const TEMPLATE = "#a9b7bd"
const TEMPLATE_LINE_PX = 4
const APART = 32 // marks from one remembered state of the ink to the next, so that undo is quick
const MOST = 4 // such states: five megabytes each

export class Painter {
  /** @type {import("./marks.js").Ink[]} the marks that the ink layer shows */
  #shown = []
  /** @type {{marks: import("./marks.js").Ink[], layer: HTMLCanvasElement}[]} */
  #states = []
  /** @type {import("./marks.js").Stroke | null} */
  #stroke = null
  /** @type {import("./marks.js").Stroke | null} the stroke that just ended, still on the wet layer */
  #drying = null
  #next = 1 // the first hull of it that is not on the wet layer yet
  /** @type {import("./ink.js").Bounds} what the last frame showed beyond the layers */
  #loose = [0, 0, 0, 0]
  /** @type {import("./marks.js").Paper | undefined} */
  #paperMark = undefined
  /** @type {import("./marks.js").Template | undefined} */
  #template = undefined

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas
    this.brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }))
    this.paper = layer()
    this.ink = layer()
    this.wet = layer()
    this.tip = layer() // the wet part that a frame shows, with what may still change
  }

  /** Another format: whatever was on the sheet is gone. @param {number} width @param {number} height */
  resize(width, height) {
    for (const each of [this.canvas, this.paper.canvas, this.ink.canvas, this.wet.canvas, this.tip.canvas]) Object.assign(each, { width, height })
    this.#shown = []
    this.#states = []
    this.#stroke = this.#drying = null
    this.ground({ paper: undefined, template: undefined }, true)
  }

  /** @param {{paper: import("./marks.js").Paper | undefined, template: import("./marks.js").Template | undefined}} ground @param {boolean} [isNew] */
  ground({ paper, template }, isNew = false) {
    if (!isNew && paper === this.#paperMark && template === this.#template) return
    this.#paperMark = paper
    this.#template = template
    const { width, height } = this.canvas
    this.paper.fillStyle = paper?.colour ?? PAPER
    this.paper.fillRect(0, 0, width, height)
    if (template) this.#printed(template)
    this.#show([0, 0, width, height])
  }

  /** Show these marks, whatever was shown before. @param {import("./marks.js").Ink[]} marks */
  show(marks) {
    if (!begins(marks, this.#shown)) this.#back(marks)
    for (const mark of marks.slice(this.#shown.length)) this.#add(mark)
    this.#dry()
    this.#show([0, 0, this.canvas.width, this.canvas.height])
  }

  /** @param {import("./marks.js").Stroke} stroke */
  begin(stroke) {
    this.#dry()
    this.#stroke = stroke
    this.trace = new Trace(stroke)
    this.#next = 1
    this.wet.fillStyle = this.tip.fillStyle = stroke.ink
  }

  /** Show what has come to the stroke since the last frame. @param {import("./marks.js").Point[]} [likely] where it seems to go next */
  frame(likely = []) {
    if (!this.#stroke) return
    const { discs } = this.trace
    const from = this.#next
    while (discs.length >= this.#next + AT_ONCE) {
      hulls(this.wet, discs.slice(0, this.#next + AT_ONCE), this.#next)
      this.#next += AT_ONCE
    }
    const tip = [...discs.slice(this.#next - 1), ...this.trace.tip(likely)]
    const loose = bounds(tip, this.canvas)
    const part = around(around(this.#loose, loose), bounds(discs, this.canvas, from - 1))
    this.#loose = loose
    this.#show(part, tip)
  }

  /** The stroke is over; `show` with its mark, or without, comes next. */
  end() {
    const stroke = this.#stroke
    if (!stroke) return
    hulls(this.wet, this.trace.finish(stroke.points[stroke.points.length - 1]), this.#next)
    this.#drying = stroke
    this.#stroke = null
    this.#loose = [0, 0, 0, 0]
  }

  /** @param {import("./marks.js").Template} template */
  #printed({ path, isSquare }) {
    const { width, height } = this.canvas
    const most = Math.min(width, height) / 100
    const matrix = isSquare ? new DOMMatrix([most, 0, 0, most, (width - most * 100) / 2, (height - most * 100) / 2]) : new DOMMatrix([width / 100, 0, 0, height / 100, 0, 0])
    const printed = new Path2D()
    printed.addPath(new Path2D(path), matrix)
    lines(this.paper, printed, TEMPLATE, TEMPLATE_LINE_PX)
  }

  /** The layers as they lie on each other. @param {import("./ink.js").Bounds} part @param {import("./trace.js").Disc[]} [tip] of the stroke being drawn */
  #show(part, tip = []) {
    copied(this.brush, this.paper.canvas, part)
    copied(this.brush, this.ink.canvas, part)
    if (!this.#stroke) return
    cleared(this.tip, part)
    copied(this.tip, this.wet.canvas, part)
    hulls(this.tip, tip)
    const { nib } = this.#stroke
    if (nib === "eraser") this.#uncover(part)
    else dried(this.brush, nib, this.tip.canvas, part)
  }

  /** Where the eraser goes, paper shows. @param {import("./ink.js").Bounds} part */
  #uncover(part) {
    this.tip.save()
    this.tip.globalCompositeOperation = "source-in"
    copied(this.tip, this.paper.canvas, part)
    this.tip.restore()
    copied(this.brush, this.tip.canvas, part)
  }

  /** The stroke that just ended is no mark, or is one already: nothing is wet any more. */
  #dry() {
    if (this.#drying) this.wet.clearRect(0, 0, this.canvas.width, this.canvas.height)
    this.#drying = null
  }

  /** @param {import("./marks.js").Ink} mark */
  #add(mark) {
    const isWet = mark === this.#drying
    if (mark.kind === "stroke" && isWet) dried(this.ink, mark.nib, this.wet.canvas, bounds(this.trace.discs, this.canvas))
    this.#dry()
    if (!isWet) stamp(this.ink, mark, this.wet)
    this.#shown.push(mark)
    if (this.#shown.length % APART) return
    const copy = layer(this.canvas)
    copied(copy, this.ink.canvas, [0, 0, this.canvas.width, this.canvas.height])
    this.#states.push({ marks: [...this.#shown], layer: copy.canvas })
    if (this.#states.length > MOST) this.#states.shift()
  }

  /** To the latest state that these marks begin with. @param {import("./marks.js").Ink[]} marks */
  #back(marks) {
    this.#states = this.#states.filter((state) => begins(marks, state.marks))
    const { width, height } = this.canvas
    this.ink.clearRect(0, 0, width, height)
    const state = this.#states[this.#states.length - 1]
    if (state) copied(this.ink, state.layer, [0, 0, width, height])
    this.#shown = state ? [...state.marks] : []
  }
}

/** @param {import("./marks.js").Ink[]} marks @param {import("./marks.js").Ink[]} beginning */
function begins(marks, beginning) {
  return beginning.length <= marks.length && beginning.every((mark, index) => mark === marks[index])
}

/** The part that holds both. @param {import("./ink.js").Bounds} one @param {import("./ink.js").Bounds} other @returns {import("./ink.js").Bounds} */
function around(one, other) {
  if (one[2] <= one[0]) return other
  if (other[2] <= other[0]) return one
  return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])]
}

/** @param {{width: number, height: number}} [size] */
function layer(size = { width: 1, height: 1 }) {
  const canvas = Object.assign(document.createElement("canvas"), { width: size.width, height: size.height })
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"))
}
