/** The screen after Keep: four words, and the time until they leave it. */
import { call } from "../parts/api.js"
import { Countdown } from "./countdown.js"

const KEPT_SECONDS = 60
const STAY_SECONDS = 600 // the words open a way back, so they do not stay for whoever comes hours later
const TELL_AT = [20, 10] // seconds left, said aloud

export class KeptScreen {
  words = ""

  /** @param {import("./screens.js").Screens} screens @param {{onOver: () => void, isHeld: () => boolean}} ending */
  constructor(screens, ending) {
    this.screens = screens
    this.countdown = new Countdown({ ...ending, onTick: (left) => this.#tell(left) })
    this.audio = new Audio()
    this.audio.addEventListener("ended", () => this.hush())
    // Any touch gives the whole time again.
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => this.words && this.#begin(), { capture: true, passive: true })
  }

  /** @param {string} receipt @param {string} kind of what was kept */
  show(receipt, kind) {
    this.words = receipt
    const slips = receipt.split(" ").flatMap((word) => {
      const slip = document.createElement("span")
      slip.className = "kept__word"
      slip.textContent = word
      return [slip, " "]
    })
    this.screens.root.querySelector(".kept__words")?.replaceChildren(...slips)
    const title = this.screens.root.querySelector("#kept-title")
    if (title instanceof HTMLElement) title.textContent = title.dataset[kind] ?? title.dataset.note ?? ""
    this.screens.show("kept")
    this.stay(false)
  }

  get isStaying() {
    return this.#button("stay")?.getAttribute("aria-pressed") === "true"
  }

  /** @param {boolean} isWished */
  stay(isWished) {
    this.#button("stay")?.setAttribute("aria-pressed", String(isWished))
    this.#begin()
  }

  /** The four words in the kiosk's own voice. */
  async read() {
    const wasOn = this.#button("read-words")?.getAttribute("aria-pressed") === "true"
    this.hush()
    if (wasOn || !this.words) return
    const { words } = this
    this.#button("read-words")?.setAttribute("aria-pressed", "true")
    try {
      const spoken = await call("POST", "/api/receipt/reading", { json: { words }, wantsBlob: true })
      if (this.words !== words) return
      this.audio.src = URL.createObjectURL(spoken)
      await this.audio.play()
    } catch (problem) {
      this.hush()
      this.screens.trouble(problem, "silent")
    }
  }

  hush() {
    this.#button("read-words")?.setAttribute("aria-pressed", "false")
    if (!this.audio.src) return
    this.audio.pause()
    URL.revokeObjectURL(this.audio.src)
    this.audio.removeAttribute("src")
  }

  reset() {
    this.words = ""
    this.hush()
    this.countdown.stop()
  }

  #begin() {
    this.countdown.start(this.isStaying ? STAY_SECONDS : KEPT_SECONDS)
    this.screens.say("countdown-said", this.#sentence(this.isStaying ? STAY_SECONDS : KEPT_SECONDS))
  }

  /** @param {number} left */
  #tell(left) {
    this.screens.say("countdown", this.#sentence(left))
    if (TELL_AT.includes(left)) this.screens.say("countdown-said", this.#sentence(left))
  }

  /** @param {number} left seconds */
  #sentence(left) {
    const texts = this.screens.part("countdown").dataset
    return left > 90 ? texts.stay : texts.text.replace("{n}", String(left))
  }

  /** @param {string} act @returns {Element | null} */
  #button(act) {
    return this.screens.root.querySelector(`[data-act=${act}]`)
  }
}
