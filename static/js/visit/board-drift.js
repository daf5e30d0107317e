/**
 * Improves <board-drift>: answers that do not fit beside one another pass by slowly, there and back.
 * They rest while somebody looks closer (a pointer, a finger, the focus on them), for good where that is wished, and where
 * less motion is asked for there is no row but a page of them (board.css).
 */
const PX_A_SECOND = 14
const REST_MS = 4000 // at each end, and after a hand

class BoardDrift extends HTMLElement {
  place = 0 // of the row, finer than a browser's own
  way = 1
  rests = 0 // until then, in milliseconds of this page
  last = 0

  connectedCallback() {
    this.list = /** @type {HTMLElement} */ (this.querySelector(".board__list"))
    this.hold = /** @type {HTMLElement} */ (this.querySelector("[data-part=hold]"))
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
    this.sign = getComputedStyle(this.list).direction === "rtl" ? -1 : 1
    this.hold.addEventListener("click", () => this.hold.setAttribute("aria-pressed", String(!this.isHeld)))
    for (const kind of ["pointerdown", "pointermove", "wheel", "keydown", "focusin"]) this.list.addEventListener(kind, () => this.#rest(), { passive: true })
    this.#rest()
    requestAnimationFrame((now) => this.#drift(now))
  }

  get isHeld() {
    return this.hold.getAttribute("aria-pressed") === "true"
  }

  #rest() {
    this.rests = performance.now() + REST_MS
    this.place = Math.abs(this.list?.scrollLeft ?? 0)
  }

  /** @param {number} now */
  #drift(now) {
    const list = /** @type {HTMLElement} */ (this.list)
    const room = list.scrollWidth - list.clientWidth
    const fits = room <= 1
    this.hold.hidden = fits
    if (fits) list.removeAttribute("tabindex")
    else list.tabIndex = 0 // keys move it, too
    const isFocused = list.contains(document.activeElement)
    if (!fits && !this.isHeld && !isFocused && now > this.rests) {
      this.place += (this.way * PX_A_SECOND * Math.min(now - this.last, 100)) / 1000
      if (this.place <= 0 || this.place >= room) {
        this.place = Math.min(Math.max(this.place, 0), room)
        this.way *= -1
        this.rests = now + REST_MS
      }
      list.scrollLeft = (this.sign ?? 1) * this.place
    }
    this.last = now
    requestAnimationFrame((next) => this.#drift(next))
  }
}

customElements.define("board-drift", BoardDrift)
