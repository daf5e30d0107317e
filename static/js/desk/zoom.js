/**
 * Improves <desk-zoom>: a drawing as large as one likes, by buttons, by + and −, by two fingers.
 * The frame's own scrolling moves it, with arrow keys, a wheel or a finger; two fingers move it, too.
 */
const STEP = 1.5
const MOST = 8

class DeskZoom extends HTMLElement {
  connectedCallback() {
    this.size = 1
    this.frame = /** @type {HTMLElement} */ (this.querySelector(".zoom__frame"))
    this.picture = /** @type {HTMLElement} */ (this.querySelector(".zoom__picture"))
    this.picture.style.setProperty("--shape", String(Number(this.dataset.width) / Number(this.dataset.height)))
    /** @type {{apart: number, x: number, y: number} | null} */
    this.fingers = null
    const bar = /** @type {HTMLElement} */ (this.querySelector("[data-part=zoom]"))
    bar.hidden = false
    bar.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button") : null
      if (button) this.#step(button.value)
    })
    this.frame.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey && !event.altKey) this.#step(event.key === "=" ? "+" : event.key)
    })
    this.frame.addEventListener("touchmove", (event) => this.#pinch(event), { passive: false })
    for (const end of ["touchend", "touchcancel"]) this.frame.addEventListener(end, () => (this.fingers = null))
  }

  /** @param {string} sign */
  #step(sign) {
    const { left, top } = this.frame.getBoundingClientRect()
    const x = left + this.frame.clientWidth / 2
    const y = top + this.frame.clientHeight / 2
    if (sign === "+") this.#zoom(STEP, { x, y })
    else if (sign === "-") this.#zoom(1 / STEP, { x, y })
  }

  /** @param {TouchEvent} event */
  #pinch(event) {
    if (event.touches.length !== 2) return
    if (event.cancelable) event.preventDefault() // or the browser would move it, too
    const [one, two] = event.touches
    const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY)
    const now = { apart, x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2 }
    if (this.fingers) this.#zoom(apart / this.fingers.apart, this.fingers, now)
    else this.picture.dispatchEvent(new PointerEvent("pointercancel")) // the first finger began a cover
    this.fingers = now
  }

  /**
   * What lies at one place of the window lies at another one afterwards.
   * @param {number} by
   * @param {{x: number, y: number}} from
   * @param {{x: number, y: number}} [to]
   */
  #zoom(by, from, to = from) {
    const before = this.picture.getBoundingClientRect()
    const size = this.size ?? 1
    this.size = Math.min(MOST, Math.max(1, size * by))
    this.picture.style.setProperty("--size", String(this.size))
    const after = this.picture.getBoundingClientRect()
    const grown = after.width / before.width
    this.frame.scrollBy(after.left + (from.x - before.left) * grown - to.x, after.top + (from.y - before.top) * grown - to.y)
  }
}

customElements.define("desk-zoom", DeskZoom)
