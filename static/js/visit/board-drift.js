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
  room = 0 // how far the row can pass by
  isSeen = false
  frame = 0

  connectedCallback() {
    this.list = /** @type {HTMLElement} */ (this.querySelector(".board__list"))
    this.hold = /** @type {HTMLElement} */ (this.querySelector("[data-part=hold]"))
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return
    this.sign = getComputedStyle(this.list).direction === "rtl" ? -1 : 1
    this.hold.addEventListener("click", () => this.hold.setAttribute("aria-pressed", String(!this.isHeld)))
    for (const kind of ["pointerdown", "pointermove", "wheel", "keydown", "focusin"]) this.list.addEventListener(kind, () => this.#rest(), { passive: true })
    const sizes = new ResizeObserver(() => this.#measure())
    for (const each of [this.list, ...this.list.children]) sizes.observe(each)
    new IntersectionObserver(([{ isIntersecting }]) => {
      this.isSeen = isIntersecting
      this.#goOn()
    }).observe(this.list)
    this.#rest()
  }

  get isHeld() {
    return this.hold.getAttribute("aria-pressed") === "true"
  }

  #rest() {
    this.rests = performance.now() + REST_MS
    this.place = Math.abs(this.list?.scrollLeft ?? 0)
  }

  #measure() {
    const list = /** @type {HTMLElement} */ (this.list)
    this.room = list.scrollWidth - list.clientWidth
    this.hold.hidden = this.room <= 1
    if (this.hold.hidden) list.removeAttribute("tabindex")
    else list.tabIndex = 0 // keys move it, too
    this.#goOn()
  }

  /** Frames are asked for only while there is something to move and to see. */
  #goOn() {
    cancelAnimationFrame(this.frame)
    if (this.isSeen && this.room > 1) this.frame = requestAnimationFrame((now) => this.#drift(now))
  }

  /** @param {number} now */
  #drift(now) {
    const list = /** @type {HTMLElement} */ (this.list)
    if (!this.isHeld && !list.contains(document.activeElement) && now > this.rests) {
      this.place += (this.way * PX_A_SECOND * Math.min(now - this.last, 100)) / 1000
      if (this.place <= 0 || this.place >= this.room) {
        this.place = Math.min(Math.max(this.place, 0), this.room)
        this.way *= -1
        this.rests = now + REST_MS
      }
      list.scrollLeft = (this.sign ?? 1) * this.place
    }
    this.last = now
    this.#goOn()
  }
}

customElements.define("board-drift", BoardDrift)
