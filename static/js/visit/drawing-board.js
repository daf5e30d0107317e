/** Improves <drawing-board>: paints strokes; geometry and history are stroke.js. Only pixels ever leave it. */
import { Sheet, isBlank, outline, place, visible } from "../parts/stroke.js"

const PAPER = "#ffffff"
const PALM_PX = 60 // wider than any fingertip: a hand that rests
const PINCH_MS = 400 // a second finger so soon means a pinch, not a hand beside the stroke
const PEN_MS = 2000 // so long after a pen, fingers are only the hand that holds it

export class DrawingBoard extends HTMLElement {
  connectedCallback() {
    this.sheet = new Sheet()
    /** @type {import("../parts/stroke.js").Stroke | null} */
    this.current = null
    this.pointer = -1
    /** @type {Set<number>} */
    this.touches = new Set()
    this.began = 0
    this.penAt = -Infinity
    this.canvas = /** @type {HTMLCanvasElement} */ (this.querySelector("canvas"))
    this.brush = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d", { alpha: false }))
    this.base = document.createElement("canvas") // what is finished, so that a move repaints one stroke only
    this.base.width = this.canvas.width
    this.base.height = this.canvas.height
    this.baseBrush = /** @type {CanvasRenderingContext2D} */ (this.base.getContext("2d", { alpha: false }))
    this.canvas.addEventListener("pointerdown", (event) => this.#down(event))
    this.canvas.addEventListener("pointermove", (event) => this.#move(event))
    this.canvas.addEventListener("pointerup", (event) => this.#up(event))
    this.canvas.addEventListener("pointercancel", (event) => this.#up(event))
    // Without this a quick stroke counts as a fling, and Chromium swallows the next tap on Undo.
    this.canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false })
    this.canvas.addEventListener("contextmenu", (event) => event.preventDefault())
    this.addEventListener("click", (event) => this.#click(event))
    this.addEventListener("keydown", (event) => this.#key(event))
    this.addEventListener("change", () => this.#erase(false))
    this.#rebuild()
  }

  get isEmpty() {
    return isBlank(this.sheet.marks)
  }

  /** While the kiosk reads it: what happens, on the sheet, where the eyes are. @param {boolean} isReading */
  tell(isReading) {
    const busy = /** @type {HTMLElement} */ (this.querySelector("[data-part=busy]"))
    busy.textContent = (isReading && busy.dataset.reading) || ""
  }

  reset() {
    this.tell(false)
    this.sheet = new Sheet()
    this.current = null
    this.pointer = -1
    this.touches.clear()
    for (const input of this.querySelectorAll("input")) input.checked = input.defaultChecked
    this.#erase(false)
    this.#rebuild()
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType === "touch") this.touches.add(event.pointerId)
    if (this.touches.size > 1) return this.#pinch()
    if (this.pointer >= 0 || (event.pointerType === "mouse" && event.button !== 0) || this.#isHand(event)) return
    event.preventDefault()
    this.began = performance.now()
    this.pointer = event.pointerId
    this.canvas.setPointerCapture(event.pointerId)
    this.current = {
      kind: "stroke",
      points: [this.#place(event)],
      ink: this.#chosen("ink"),
      width: Number(this.#chosen("width")),
      isEraser: this.#button("erase").getAttribute("aria-pressed") === "true",
      hasPressure: event.pointerType === "pen",
    }
    this.#paint()
  }

  /** A stroke that has just begun was the first finger of two. */
  #pinch() {
    if (!this.current || performance.now() - this.began > PINCH_MS) return
    this.current = null
    this.pointer = -1
    this.#paint()
  }

  /** @param {PointerEvent} event */
  #isHand(event) {
    if (event.pointerType === "pen") this.penAt = performance.now()
    return event.pointerType === "touch" && (Math.max(event.width, event.height) > PALM_PX || performance.now() - this.penAt < PEN_MS)
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.current || event.pointerId !== this.pointer) return
    const passed = event.getCoalescedEvents?.() ?? []
    for (const each of passed.length ? passed : [event]) this.current.points.push(this.#place(each))
    this.#paint()
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.touches.delete(event.pointerId)
    if (!this.current || event.pointerId !== this.pointer) return
    this.sheet.add(this.current)
    stamp(this.baseBrush, this.current)
    this.current = null
    this.pointer = -1
    this.#paint()
    this.#look()
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const act = event.target instanceof Element ? event.target.closest("button")?.dataset.act : ""
    if (act === "erase") this.#erase(this.#button("erase").getAttribute("aria-pressed") !== "true")
    else if (act === "undo" && this.sheet.undo()) this.#rebuild("undone")
    else if (act === "redo" && this.sheet.redo()) this.#rebuild("redone")
    else if (act === "clear" && !this.isEmpty) {
      this.sheet.add({ kind: "clear" })
      this.#rebuild("cleared")
    } else if (act === "done") this.#send()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return
    event.preventDefault()
    if (event.shiftKey ? this.sheet.redo() : this.sheet.undo()) this.#rebuild(event.shiftKey ? "redone" : "undone")
  }

  #send() {
    this.canvas.toBlob((body) => {
      if (!body) return
      this.dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { kind: "drawing", body, type: "image/png" } }))
    }, "image/png")
  }

  /** @param {PointerEvent} event */
  #place(event) {
    return place(event, this.canvas.getBoundingClientRect(), this.canvas)
  }

  /** @param {string} name */
  #chosen(name) {
    return /** @type {HTMLInputElement} */ (this.querySelector(`input[name=${name}]:checked`)).value
  }

  /** @param {string} act */
  #button(act) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`[data-act=${act}]`))
  }

  /** @param {boolean} isOn */
  #erase(isOn) {
    this.#button("erase").setAttribute("aria-pressed", String(isOn))
  }

  /** @param {string} [said] */
  #rebuild(said) {
    blank(this.baseBrush)
    for (const stroke of visible(this.sheet.marks)) stamp(this.baseBrush, stroke)
    this.#paint()
    this.#look()
    const state = /** @type {HTMLElement} */ (this.querySelector("[data-part=state]"))
    state.textContent = (said && state.dataset[said]) || ""
  }

  #paint() {
    this.brush.drawImage(this.base, 0, 0)
    if (this.current) stamp(this.brush, this.current)
    const invite = /** @type {HTMLElement} */ (this.querySelector("[data-part=invite]"))
    invite.hidden = !this.isEmpty || this.current !== null
  }

  #look() {
    this.#button("undo").disabled = !this.sheet.marks.length
    this.#button("redo").disabled = !this.sheet.undone.length
    this.#button("clear").disabled = this.isEmpty
    this.#button("done").disabled = this.isEmpty
  }
}

/** @param {CanvasRenderingContext2D} brush */
function blank(brush) {
  brush.fillStyle = PAPER
  brush.fillRect(0, 0, brush.canvas.width, brush.canvas.height)
}

/** @param {CanvasRenderingContext2D} brush @param {import("../parts/stroke.js").Stroke} stroke */
function stamp(brush, stroke) {
  const points = outline(stroke)
  if (!points.length) return
  brush.fillStyle = stroke.isEraser ? PAPER : stroke.ink
  brush.beginPath()
  const [first, ...rest] = points
  brush.moveTo(...first)
  rest.forEach(([x, y], index) => {
    const [nextX, nextY] = rest[(index + 1) % rest.length]
    brush.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
  })
  brush.closePath()
  brush.fill()
}

customElements.define("drawing-board", DrawingBoard)
