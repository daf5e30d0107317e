/** The screen after Keep: four words, and the time until they leave it. */
import { Countdown } from "./countdown.js"

const KEPT_SECONDS = 45

export class KeptScreen {
  words = ""

  /** @param {import("./screens.js").Screens} screens @param {{onOver: () => void, isHeld: () => boolean}} ending */
  constructor(screens, ending) {
    this.screens = screens
    this.countdown = new Countdown({ ...ending, onTick: (left) => screens.say("countdown", this.#texts.text.replace("{n}", String(left))) })
  }

  /** @param {string} receipt */
  show(receipt) {
    this.words = receipt
    const slips = receipt.split(" ").flatMap((word) => {
      const slip = document.createElement("span")
      slip.className = "kept__word"
      slip.textContent = word
      return [slip, " "]
    })
    this.screens.root.querySelector(".kept__words")?.replaceChildren(...slips)
    this.screens.show("kept")
    this.stay(false)
  }

  get isStaying() {
    return this.#button?.getAttribute("aria-pressed") === "true"
  }

  /** @param {boolean} isWished until somebody finishes; else for a while */
  stay(isWished) {
    this.#button?.setAttribute("aria-pressed", String(isWished))
    this.countdown.stop()
    if (isWished) this.screens.say("countdown", this.#texts.stay)
    else this.countdown.start(KEPT_SECONDS)
  }

  reset() {
    this.words = ""
    this.countdown.stop()
  }

  get #button() {
    return this.screens.root.querySelector("[data-act=stay]")
  }

  get #texts() {
    return this.screens.part("countdown").dataset
  }
}
