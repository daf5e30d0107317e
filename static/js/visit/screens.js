/**
 * Shows one screen at a time, says on it what went wrong, and finds the parts of the page.
 *
 * A screen is a <section data-screen>; exactly one is visible, its heading takes the focus, the address never changes.
 */
import { Problem } from "../parts/api.js"
import { holdStill } from "./tap-guard.js"

/** Where the focus goes instead of the heading: the screen is there to be typed on. */
const FIELDS = { write: "note-field textarea", receipt: "receipt-lookup input" }

const PIECES = "memo-recorder, drawing-board, note-field, draft-preview, receipt-lookup"

export class Screens {
  name = "start"

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
  }

  /** @param {string} name */
  show(name) {
    const next = this.root.querySelector(`[data-screen="${name}"]`)
    if (!(next instanceof HTMLElement)) return
    for (const each of this.root.querySelectorAll("[data-screen]")) each.toggleAttribute("hidden", each !== next)
    this.name = document.body.dataset.shows = name
    holdStill()
    this.trouble(null)
    scrollTo(0, 0)
    const heading = next.querySelector("h2")
    if (heading) heading.focus({ preventScroll: true })
    const field = this.root.querySelector(FIELDS[/** @type {keyof typeof FIELDS} */ (name)] ?? "no-field")
    if (field instanceof HTMLElement) field.focus({ preventScroll: true })
  }

  /** @param {unknown} problem null: all is well @param {string} [cut] which sentence says that no answer came */
  trouble(problem, cut = this.name === "receipt" ? "silent" : "cut") {
    for (const notice of this.root.querySelectorAll(".problem")) {
      const isHere = Boolean(problem) && notice.closest("[data-screen]") === this.root.querySelector(`[data-screen="${this.name}"]`)
      notice.toggleAttribute("hidden", !isHere)
      const texts = this.part("flow-texts").dataset
      const sentence = problem instanceof Problem ? problem.message || (problem.status ? texts.unclear : texts[cut]) : texts.unclear
      const place = notice.querySelector(".problem__text")
      if (place) place.textContent = isHere ? (sentence ?? "") : ""
      if (isHere) notice.scrollIntoView({ block: "nearest" })
    }
    if (problem && !(problem instanceof Problem)) console.error(problem instanceof Error ? problem.name : "trouble")
  }

  /** @param {string} name @param {string} sentence */
  say(name, sentence) {
    const place = this.part(name)
    if (place && place.textContent !== sentence) place.textContent = sentence
  }

  /** Leave no text in the parts that held some of this visit. */
  clear() {
    for (const name of ["words", "place", "countdown"]) this.say(name, "")
    if (this.part("progress")) this.part("progress").value = 0
    for (const words of this.root.querySelectorAll(".kept__words")) words.textContent = ""
    this.trouble(null)
  }

  /** A piece with a life of its own, by its tag. @param {string} name @returns {any} */
  element(name) {
    return this.root.querySelector(name)
  }

  /** The part of a screen that belongs to no such piece. @param {string} name @returns {any} */
  part(name) {
    const all = [...this.root.querySelectorAll(`[data-part=${name}]`)]
    return all.find((each) => !each.closest(PIECES)) ?? null
  }
}
