/**
 * What <memo-recorder> shows: which buttons there are, the ring, and a sentence for each state.
 *
 * @typedef {import("./browser-microphone.js").BrowserMicrophone | import("./own-microphone.js").OwnMicrophone} Source
 */
import { clockFace } from "../parts/sound.js"
import { holdStill } from "./tap-guard.js"

export class RecorderFace {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
  }

  /** @param {string} state @param {Source | null} source */
  show(state, source) {
    if (this.root.dataset.state !== state) holdStill()
    this.root.dataset.state = state
    const isGoing = state === "recording"
    const isResting = state === "paused" || state === "full"
    this.button("record").hidden = !["ready", "asking", "sending"].includes(state)
    this.button("record").disabled = state !== "ready"
    this.button("pause").hidden = !isGoing
    this.the("live").hidden = !isGoing
    this.button("resume").hidden = !isResting
    this.button("resume").disabled = state === "full"
    this.the("actions").hidden = !(isGoing || isResting)
    this.button("listen").hidden = !isResting || !source?.sound()
    this.button("delete").hidden = !isResting
    this.button("watch").hidden = !isGoing || this.root.dataset.speak === "later"
    if (state === "ready") {
      this.the("ring").style.setProperty("--spent", "0")
      this.the("ring").style.setProperty("--level", "0")
      this.the("spent").textContent = "0:00"
    }
    this.say(state)
  }

  /** @param {string} key */
  say(key) {
    const sentence = this.the("state").dataset[key] ?? ""
    if (this.the("state").textContent !== sentence) this.the("state").textContent = sentence
  }

  /** @param {string} why @param {string} [sentence] */
  without(why, sentence) {
    this.the("without").hidden = false
    this.the("why").textContent = sentence || (this.the("texts").dataset[why] ?? "")
    if (why === "absent") this.the("ring").closest(".speak__stage")?.setAttribute("hidden", "")
  }

  /** @param {string} act @param {boolean} isPressed */
  press(act, isPressed) {
    this.button(act).setAttribute("aria-pressed", String(isPressed))
    if (act === "watch") this.the("heard").hidden = !isPressed
  }

  /** @param {string} act @returns {HTMLButtonElement} */
  button(act) {
    return /** @type {HTMLButtonElement} */ (this.root.querySelector(`button[data-act=${act}]`))
  }

  /** @param {string} name @returns {any} */
  the(name) {
    return this.root.querySelector(`[data-part=${name}]`)
  }

  /** @param {number} seconds spoken @param {number} share of all there are @param {number} level 0..1 */
  tick(seconds, share, level) {
    this.the("ring").style.setProperty("--spent", String(share))
    this.the("ring").style.setProperty("--level", level.toFixed(3))
    const face = clockFace(seconds)
    if (this.the("spent").textContent !== face) this.the("spent").textContent = face
  }
}
