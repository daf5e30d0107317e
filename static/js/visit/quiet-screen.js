/** A moment of silence: it is held for a breath before anything is asked. */
import { holdStill } from "./tap-guard.js"

const BREATH_MS = 4000

export class QuietScreen {
  timer = 0

  /** @param {import("./screens.js").Screens} screens */
  constructor(screens) {
    this.screens = screens
  }

  begin() {
    this.reset()
    this.timer = setTimeout(() => {
      this.#ask(true)
      holdStill()
    }, BREATH_MS)
  }

  reset() {
    clearTimeout(this.timer)
    this.#ask(false)
  }

  /** @param {boolean} isShown */
  #ask(isShown) {
    // Disabled it is out of sight, and its room is there: nothing moves when it comes.
    this.screens.root.querySelector("[data-part=leave-silence]")?.toggleAttribute("disabled", !isShown)
  }
}
