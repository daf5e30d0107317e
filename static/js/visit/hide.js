/**
 * Out of sight at once: the screen looks as if nobody were there, and nothing is heard.
 * Who hid it comes back by holding the sign for two seconds; any other press forgets it, and so does a while alone.
 */
const HOLD_MS = 2000
const ALONE_MS = 60_000

export class Hide {
  /** @type {string | null} the screen to come back to */
  from = null
  holding = 0
  alone = 0

  /** @param {import("./screens.js").Screens} screens @param {{onForget: () => void}} options */
  constructor(screens, { onForget }) {
    this.screens = screens
    this.onForget = onForget
    this.sign = /** @type {HTMLElement} */ (document.querySelector(".brand"))
    for (const kind of ["pointerdown", "keydown"]) this.sign.addEventListener(kind, (event) => this.#hold(event))
    for (const kind of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"]) this.sign.addEventListener(kind, () => this.#release())
    addEventListener("click", (event) => this.#click(event), { capture: true })
  }

  get isHidden() {
    return this.from !== null
  }

  hide() {
    this.from = this.screens.name
    this.screens.show("start")
    this.alone = setTimeout(() => this.onForget(), ALONE_MS)
  }

  reset() {
    this.from = null
    clearTimeout(this.alone)
    this.#release()
  }

  /** @param {Event} event */
  #hold(event) {
    if (!this.isHidden || (event instanceof KeyboardEvent && (event.repeat || !["Enter", " "].includes(event.key)))) return
    this.#release()
    this.holding = setTimeout(() => this.#back(), HOLD_MS)
  }

  #release() {
    clearTimeout(this.holding)
  }

  #back() {
    const { from } = this
    this.reset()
    if (from) this.screens.show(from)
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (!this.isHidden || !(event.target instanceof Element)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.target.closest("button, a, label") && !this.sign.contains(event.target)) this.onForget()
  }
}
