/**
 * A photographed sheet: the preview says what was taken for it, and <paper-corners> lets its visitor move the four corners.
 * Words and screen come with the first photograph.
 */
import { sleep, text } from "../parts/api.js"
import { sayReading } from "../parts/busy.js"
import { clamp } from "../parts/geometry.js"

const AGAIN_MS = 2000
const [STEP, FAR] = [0.005, 0.05] // of the photograph; with Shift it is far
/** @typedef {[number, number]} Corner in shares of the photograph @type {Corner[]} */
const RIM = [
  [0.06, 0.06],
  [0.94, 0.06],
  [0.94, 0.94],
  [0.06, 0.94],
] // where none were found

class PaperCorners extends HTMLElement {
  connectedCallback() {
    /** @type {Corner[]} */
    this.at = RIM
    this.photo = /** @type {HTMLElement} */ (this.querySelector("[data-part=photograph]"))
    this.picture = /** @type {HTMLImageElement} */ (this.querySelector("img"))
    this.rings = [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".corners__ring"))]
    this.photo.addEventListener("pointerdown", (event) => this.#grasp(event))
    this.photo.addEventListener("pointermove", (event) => this.#drag(event))
    this.photo.addEventListener("keydown", (event) => this.#key(event))
  }

  /** @param {Blob} photograph @param {Corner[]} corners as they were found, clockwise from the top left; or none */
  show(photograph, corners) {
    this.reset()
    this.picture.src = URL.createObjectURL(photograph)
    this.at = (corners.length ? corners : RIM).map(([x, y]) => [clamp(x, 0, 1), clamp(y, 0, 1)])
    this.#lay()
  }

  reset() {
    this.tell(false)
    if (this.picture.src) URL.revokeObjectURL(this.picture.src)
    this.picture.removeAttribute("src")
  }

  /** @param {boolean} isReading */
  tell(isReading) {
    sayReading(/** @type {HTMLElement} */ (this.querySelector("[data-part=corners-busy]")), isReading)
  }

  /** @param {PointerEvent} event the nearest ring goes along: a finger hides the one that it means */
  #grasp(event) {
    if (event.button !== 0) return
    event.preventDefault()
    const [x, y] = this.#place(event)
    const away = this.at.map((corner) => Math.hypot((corner[0] - x) * this.photo.clientWidth, (corner[1] - y) * this.photo.clientHeight))
    this.held = away.indexOf(Math.min(...away))
    this.from = [this.at[this.held][0] - x, this.at[this.held][1] - y]
    this.rings[this.held].focus({ preventScroll: true })
    this.photo.setPointerCapture(event.pointerId)
  }

  /** @param {PointerEvent} event */
  #drag(event) {
    if (this.held === undefined || !this.from || !this.photo.hasPointerCapture(event.pointerId)) return
    const [x, y] = this.#place(event)
    this.#move(this.held, x + this.from[0], y + this.from[1])
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const index = this.rings.indexOf(/** @type {HTMLElement} */ (event.target))
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (index < 0 || !way) return
    event.preventDefault()
    const step = event.shiftKey ? FAR : STEP
    this.#move(index, this.at[index][0] + way[0] * step, this.at[index][1] + way[1] * step)
  }

  /** @param {number} index @param {number} x @param {number} y */
  #move(index, x, y) {
    this.at[index] = [clamp(x, 0, 1), clamp(y, 0, 1)]
    this.#lay()
  }

  #lay() {
    for (const [index, [x, y]] of this.at.entries()) {
      this.rings[index].style.setProperty("left", `${100 * x}%`)
      this.rings[index].style.setProperty("top", `${100 * y}%`)
    }
    this.querySelector(".corners__outside path")?.setAttribute("d", `M0 0H1V1H0ZM${this.at.map((corner) => corner.join(" ")).join("L")}Z`)
  }

  /** @param {PointerEvent} event @returns {Corner} */
  #place(event) {
    const box = this.photo.getBoundingClientRect()
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]
  }
}

customElements.define("paper-corners", PaperCorners)

const flow = /** @type {any} */ (document.querySelector("visit-flow"))
const preview = /** @type {any} */ (document.querySelector("draft-preview"))
/** @type {Promise<void> | null} */
let brought = null
/** @type {any} the draft that the preview shows */
let shown = null

preview?.addEventListener("shown", (/** @type {CustomEvent} */ event) => void say(event.detail))
flow?.addEventListener("click", (/** @type {MouseEvent} */ event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null
  const act = button?.dataset.act
  const board = /** @type {PaperCorners | null} */ (document.querySelector("paper-corners"))
  if (!board || !button) return
  if (act === "corners") {
    board.show(flow.making.made.body, shown.corners)
    flow.screens.show("corners")
  } else if (act === "corners-back") {
    if (flow.making.draft) flow.screens.show("preview")
    else button.dataset.act = "leave" // it is gone: the flow asks, and forgets the rest
  } else if (act === "done" && board.contains(button)) void cut(board)
})

/** @param {PaperCorners} board */
async function cut(board) {
  const { made } = flow.making
  flow.making.forget()
  preview.covers.reset() // they lay on another picture
  preview.places.reset()
  board.tell(true)
  const corners = board.at.map((corner) => corner.map((share) => share.toFixed(4)).join()).join()
  await flow.making.begin({ ...made, corners })
  board.tell(false)
}

/** @param {any} draft as the kiosk shows it; a drawing has no corners to find */
async function say(draft) {
  shown = draft
  const tell = () => {
    const said = shown.corners?.length ? (flow.making.made?.corners ? "chosen" : "found") : shown.corners ? "none" : ""
    for (const each of preview.querySelectorAll("[data-edges]")) each.hidden = each.dataset.edges !== said
  }
  tell()
  if (!draft.corners) return
  brought ??= bring()
  await brought
  tell()
}

/** Tried again until it comes. @returns {Promise<void>} */
async function bring() {
  try {
    const page = new DOMParser().parseFromString(await text("/corners"), "text/html")
    preview.the("legend").prepend(...page.querySelectorAll("[data-edges]"))
    flow.append(...page.querySelectorAll("section"))
  } catch {
    await sleep(AGAIN_MS)
    return bring()
  }
}
