/**
 * Improves <cover-board>: covers over a drawing, by dragging or by keyboard.
 * Each cover is a button: arrow keys move it, with Shift they size it, Delete or a touch takes it away.
 */
import { isSlip, middle, moved, sized, spanned } from "./boxes.js"

const STEP_PX = 16
const FINE_PX = 4

export class CoverBoard extends HTMLElement {
  connectedCallback() {
    this.sheet = { width: Number(this.dataset.width), height: Number(this.dataset.height) }
    /** @type {import("./boxes.js").Box[]} */
    this.boxes = []
    /** @type {{from: [number, number], pointer: number, ghost: HTMLElement} | null} */
    this.drag = null
    this.frame = /** @type {HTMLElement} */ (this.querySelector("[data-part=frame]"))
    this.picture = /** @type {HTMLImageElement} */ (this.querySelector("[data-part=picture]"))
    this.frame.addEventListener("pointerdown", (event) => this.#down(event))
    this.frame.addEventListener("pointermove", (event) => this.#move(event))
    this.frame.addEventListener("pointerup", (event) => this.#up(event))
    this.frame.addEventListener("pointercancel", () => this.#drop())
    this.frame.addEventListener(
      "touchstart",
      (event) => {
        if (!isButton(event.target)) event.preventDefault() // a quick drag is no fling, see drawing-board.js
      },
      { passive: false },
    )
    this.frame.addEventListener("click", (event) => this.#click(event))
    this.frame.addEventListener("keydown", (event) => this.#key(event))
    this.querySelector("[data-act=cover]")?.addEventListener("click", () => {
      this.boxes.push(middle(this.sheet))
      this.#show(this.boxes.length - 1)
    })
    this.querySelector("[data-act=uncover]")?.addEventListener("click", () => {
      this.boxes.pop()
      this.#show()
    })
  }

  /** What somebody covered stays covered in the next look. @param {string} address @param {{width: number, height: number}} [sheet] */
  show(address, sheet = this.sheet) {
    this.sheet = sheet
    if (address) this.paint(address)
    this.frame.style.setProperty("--shape", String(sheet.width / sheet.height))
    this.#show()
  }

  /** @param {string} address of the picture; one of this page's own memory is let go of with it */
  paint(address) {
    this.#unpaint()
    this.picture.src = address
  }

  #unpaint() {
    if (this.picture.src.startsWith("blob:")) URL.revokeObjectURL(this.picture.src)
    this.picture.removeAttribute("src")
  }

  reset() {
    this.boxes = []
    this.#unpaint()
    this.#show()
  }

  /** @param {number} [focused] */
  #show(focused = -1) {
    for (const old of this.frame.querySelectorAll(".cover")) old.remove()
    this.boxes.forEach((box, index) => {
      const cover = document.createElement("button")
      cover.type = "button"
      cover.className = "cover"
      cover.dataset.index = String(index)
      cover.setAttribute("aria-label", (this.dataset.name ?? "").replace("{n}", String(index + 1)))
      this.#lay(cover, box)
      this.frame.append(cover)
      if (index === focused) cover.focus()
    })
    const uncover = /** @type {HTMLButtonElement} */ (this.querySelector("[data-act=uncover]"))
    uncover.disabled = !this.boxes.length
  }

  /** @param {HTMLElement} cover @param {import("./boxes.js").Box} box */
  #lay(cover, [x, y, width, height]) {
    cover.style.setProperty("left", `${(100 * x) / this.sheet.width}%`)
    cover.style.setProperty("top", `${(100 * y) / this.sheet.height}%`)
    cover.style.setProperty("width", `${(100 * width) / this.sheet.width}%`)
    cover.style.setProperty("height", `${(100 * height) / this.sheet.height}%`)
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (this.drag || event.button !== 0 || isButton(event.target)) return
    event.preventDefault()
    this.frame.setPointerCapture(event.pointerId)
    const ghost = document.createElement("span")
    ghost.className = "cover cover--ghost"
    this.frame.append(ghost)
    this.drag = { from: this.#place(event), pointer: event.pointerId, ghost }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.drag?.pointer === event.pointerId) this.#lay(this.drag.ghost, spanned(this.drag.from, this.#place(event), this.sheet))
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (this.drag?.pointer !== event.pointerId) return
    const box = spanned(this.drag.from, this.#place(event), this.sheet)
    this.#drop()
    if (isSlip(box)) return
    this.boxes.push(box)
    this.#show()
  }

  #drop() {
    this.drag?.ghost.remove()
    this.drag = null
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const index = indexOf(event.target)
    // A key press also arrives as a click (detail 0); Enter must not take away what the arrows just placed.
    if (index < 0 || event.detail === 0) return
    this.boxes.splice(index, 1)
    this.#show()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const index = indexOf(event.target)
    if (index < 0) return
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault()
      this.boxes.splice(index, 1)
      this.#show(Math.min(index, this.boxes.length - 1))
      if (!this.boxes.length) this.querySelector("button")?.focus()
      return
    }
    const step = event.altKey ? FINE_PX : STEP_PX
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!way) return
    event.preventDefault()
    const change = event.shiftKey ? sized : moved
    this.boxes[index] = change(this.boxes[index], way[0] * step, way[1] * step, this.sheet)
    this.#lay(/** @type {HTMLElement} */ (event.target), this.boxes[index])
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  #place(event) {
    const box = this.frame.getBoundingClientRect()
    return [((event.clientX - box.left) / box.width) * this.sheet.width, ((event.clientY - box.top) / box.height) * this.sheet.height]
  }
}

/** @param {EventTarget | null} target */
function isButton(target) {
  return target instanceof Element && target.closest("button") !== null
}

/** @param {EventTarget | null} target */
function indexOf(target) {
  const cover = target instanceof HTMLElement ? target.closest(".cover") : null
  return cover instanceof HTMLElement && cover.dataset.index ? Number(cover.dataset.index) : -1
}

customElements.define("cover-board", CoverBoard)
