/** What part of the sheet the glass shows: by two fingers, a wheel, keys and buttons; and a button that leads back to all of it. */
import { WHOLE, brought, held, pulled, zoomed } from "./view.js"

const ZOOM = 1.5

export class Lens {
  view = WHOLE

  /** @param {HTMLElement} glass @param {HTMLElement} paper what moves under it @param {HTMLElement} back a button like the one to come */
  constructor(glass, paper, back) {
    this.glass = glass
    this.paper = paper
    this.back = /** @type {HTMLElement} */ (back.cloneNode(true))
    this.back.classList.add("draw__whole")
    this.back.hidden = true
    glass.append(this.back)
    new ResizeObserver(() => glass.clientWidth && this.#show(held(this.view, this.#frame))).observe(glass)
  }

  whole() {
    this.#show(WHOLE)
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    const frame = this.#frame
    if (event.ctrlKey) this.#show(zoomed(this.view, Math.exp(-event.deltaY / 300), [event.clientX - frame.left, event.clientY - frame.top], frame))
    else this.#show(held({ ...this.view, x: this.view.x - event.deltaX, y: this.view.y - event.deltaY }, frame))
  }

  /** @param {[[number, number][], [number, number][]]} fingers before and after */
  pull([before, after]) {
    const frame = this.#frame
    const inside = (/** @type {[number, number][]} */ places) => places.map(([x, y]) => /** @type {[number, number]} */ ([x - frame.left, y - frame.top]))
    this.#show(pulled(this.view, inside(before), inside(after), frame))
  }

  /** @param {number} way larger, smaller, or 0: all of it @param {[number, number]} [at] round this share of the sheet; else round what is in the middle */
  step(way, at) {
    const { width, height } = this.#frame
    const { x, y, scale } = this.view
    const middle = /** @type {[number, number]} */ (at ? [x + at[0] * width * scale, y + at[1] * height * scale] : [width / 2, height / 2])
    this.#show(way ? zoomed(this.view, ZOOM ** way, middle, { width, height }) : WHOLE)
  }

  /** Where somebody draws by keys is to be seen. @param {[number, number]} at a share of the sheet */
  follow(at) {
    this.#show(brought(this.view, at, this.#frame))
  }

  get #frame() {
    const { left, top } = this.glass.getBoundingClientRect()
    const { clientLeft, clientTop, clientWidth: width, clientHeight: height } = this.glass
    return { left: left + clientLeft, top: top + clientTop, width, height }
  }

  /** @param {import("./view.js").View} view */
  #show(view) {
    this.view = view
    this.paper.style.setProperty("transform", `translate(${view.x}px, ${view.y}px) scale(${view.scale})`)
    const isWhole = view.scale === 1
    if (isWhole && this.back.contains(document.activeElement)) this.paper.querySelector("canvas")?.focus({ preventScroll: true })
    this.back.hidden = isWhole
  }
}
