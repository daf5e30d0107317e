/**
 * The writing in a drawing, place by place. What may be a name is under a soft cover; a touch asks "Does this name someone?",
 * and its visitor alone decides, also of words that the kiosk would leave.
 */
import { overlap, spanned } from "../parts/boxes.js"

const SAME = 0.5 // of the smaller one: the same word, read again
const LOW = 0.55 // of the sheet; below it the question stands above the word

/** @typedef {{box: import("../parts/boxes.js").Box, sort: "detail" | "maybe" | "word", kind: string, isCovered: boolean}} Place */

export class WrittenPlaces {
  /** @type {Place[]} */
  places = []
  /** @type {Place[]} what its visitor decided, also for the next look */
  #decided = []
  /** @type {Place | null} the one that is asked about */
  #asked = null

  /** @param {HTMLElement} preview */
  constructor(preview) {
    this.frame = /** @type {HTMLElement} */ (preview.querySelector("cover-board [data-part=frame]"))
    this.question = /** @type {HTMLElement} */ (preview.querySelector("[data-part=question]"))
    this.said = /** @type {HTMLElement} */ (preview.querySelector("[data-part=said]"))
    this.frame.addEventListener("click", (event) => this.#click(event))
    this.frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#hush()
    })
  }

  /** @param {any} draft as the kiosk shows it */
  show({ covered = [], kinds = [], offered = [], words = [], width, height }) {
    this.sheet = { width, height }
    const names = JSON.parse(this.question.dataset.kinds ?? "{}")
    const all = [
      ...covered.map((/** @type {any} */ box, /** @type {number} */ at) => ({ box, sort: "detail", kind: names[kinds[at]] ?? "", isCovered: true })),
      ...offered.map((/** @type {any} */ box) => ({ box, sort: "maybe", kind: "", isCovered: true })),
      ...words.map((/** @type {any} */ box) => ({ box: roomy(box, this.sheet), sort: "word", kind: "", isCovered: false })),
    ]
    for (const place of all) place.isCovered = this.#decided.find((other) => overlap(other.box, place.box) > SAME)?.isCovered ?? place.isCovered
    this.places = all
    this.#lay()
    this.#hush()
  }

  /** Covered by its visitor's word, besides what was taken for a detail. */
  get covered() {
    return this.places.filter((place) => place.sort !== "detail" && place.isCovered).map((place) => place.box)
  }

  /** Taken for a detail, and none. */
  get uncovered() {
    return this.places.filter((place) => place.sort === "detail" && !place.isCovered).map((place) => place.box)
  }

  reset() {
    this.places = []
    this.#decided = []
    this.#lay()
    this.#hush()
  }

  #lay() {
    for (const old of this.frame.querySelectorAll(".place")) old.remove()
    for (const place of this.places) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "place"
      const [x, y, width, height] = place.box
      for (const [name, share] of Object.entries({ left: x / this.sheet.width, top: y / this.sheet.height, width: width / this.sheet.width, height: height / this.sheet.height }))
        button.style.setProperty(name, `${100 * share}%`)
      this.frame.append(button)
      this.#dress(place)
    }
  }

  /** @param {Place} place */
  #dress(place) {
    const button = this.#button(place)
    const { name, maybe, word } = this.question.dataset
    button.setAttribute("aria-pressed", String(place.isCovered))
    button.setAttribute("aria-label", (place.isCovered ? (place.kind ? `${name} ${place.kind}` : maybe) : word) ?? "")
    const label = document.createElement("span")
    label.className = "place__kind"
    label.textContent = place.kind || "?"
    button.replaceChildren(...(place.isCovered ? [label] : []))
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null
    if (!button) return this.#hush()
    if (button.dataset.act === "names") return this.#decide(true)
    if (button.dataset.act === "names-nobody") return this.#decide(false)
    const at = [...this.frame.querySelectorAll(".place")].indexOf(button)
    if (at < 0) return this.#hush()
    const place = this.places[at]
    if (place === this.#asked) return this.#hush()
    this.#ask(place)
    if (event.detail === 0) this.question.querySelector("button")?.focus() // a key asked
  }

  /** @param {Place} place */
  #ask(place) {
    this.#hush()
    this.#asked = place
    this.#button(place).setAttribute("data-asked", "")
    this.question.hidden = false
    const [, y, , height] = place.box
    const isLow = y > LOW * this.sheet.height
    this.question.style.setProperty("top", isLow ? "auto" : `calc(${(100 * (y + height)) / this.sheet.height}% + 0.75rem)`)
    this.question.style.setProperty("bottom", isLow ? `calc(${100 - (100 * y) / this.sheet.height}% + 0.75rem)` : "auto")
  }

  /** @param {boolean} isCovered */
  #decide(isCovered) {
    const place = this.#asked
    if (!place) return
    place.isCovered = isCovered
    this.#decided = [...this.#decided.filter((other) => other.box !== place.box), place]
    this.#dress(place)
    this.#hush()
    this.#button(place).focus({ preventScroll: true })
    this.said.textContent = (isCovered ? this.question.dataset.covered : this.question.dataset.shown) ?? ""
  }

  #hush() {
    for (const each of this.frame.querySelectorAll("[data-asked]")) each.removeAttribute("data-asked")
    this.#asked = null
    this.question.hidden = true
  }

  /** @param {Place} place */
  #button(place) {
    return /** @type {HTMLElement} */ (this.frame.querySelectorAll(".place")[this.places.indexOf(place)])
  }
}

/** The reader sees a word begin late: a cover of it takes its first letter, too. @param {import("../parts/boxes.js").Box} box @param {import("../parts/boxes.js").Size} sheet */
function roomy([x, y, width, height], sheet) {
  return spanned([x - height / 5, y], [x + width + height / 10, y + height], sheet)
}
