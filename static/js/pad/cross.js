/** A cross on the sheet that arrow keys move, for who draws without a pointer: Space puts the pen down and lifts it. */
import { clamp } from "../parts/geometry.js"

const STEP_PX = 16
const FINE_PX = 3
const FAR_PX = 80

export class Cross {
  isDown = false
  /** @type {[number, number]} */
  at = [0, 0]

  /** @param {HTMLElement} mark what shows it @param {HTMLCanvasElement} canvas */
  constructor(mark, canvas) {
    this.mark = mark
    this.canvas = canvas
    this.middle()
  }

  middle() {
    this.at = [Math.round(this.canvas.width / 2), Math.round(this.canvas.height / 2)]
    this.isDown = false
    this.mark.hidden = true
    this.#lay()
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it moved */
  moves(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!way) return false
    const step = event.altKey ? FINE_PX : event.shiftKey ? FAR_PX : STEP_PX
    this.at = [clamp(this.at[0] + way[0] * step, 0, this.canvas.width), clamp(this.at[1] + way[1] * step, 0, this.canvas.height)]
    this.#lay()
    return true
  }

  /** Where it is, as a share of the sheet. @returns {[number, number]} */
  get share() {
    return [this.at[0] / this.canvas.width, this.at[1] / this.canvas.height]
  }

  get isShown() {
    return !this.mark.hidden
  }

  #lay() {
    const [across, down] = this.share
    this.mark.style.setProperty("left", `${100 * across}%`)
    this.mark.style.setProperty("top", `${100 * down}%`)
  }

  /** @param {boolean} isShown */
  show(isShown) {
    this.mark.hidden = !isShown
    this.mark.toggleAttribute("data-down", this.isDown)
  }
}
