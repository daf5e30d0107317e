/**
 * Improves <desk-cover>: over a drawing, free covers instead of squares; in a text, words that one key or one
 * touch marks instead of a box each. What is marked is sent in the form's own fields, as it would be without this module.
 */
import "../parts/cover-board.js"
import "../parts/strike-words.js"

class DeskCover extends HTMLElement {
  connectedCallback() {
    const board = /** @type {import("../parts/cover-board.js").CoverBoard | null} */ (this.querySelector("cover-board"))
    const words = /** @type {import("../parts/strike-words.js").StrikeWords | null} */ (this.querySelector("strike-words"))
    this.querySelector("[data-part=plain]")?.remove()
    if (board) this.#useBoard(board)
    if (words) this.#useWords(words)
  }

  /** @param {import("../parts/cover-board.js").CoverBoard} board */
  #useBoard(board) {
    board.hidden = false
    board.show(board.dataset.picture ?? "")
    this.#send("box", () => board.boxes.map((box) => box.map(Math.round)))
  }

  /** @param {import("../parts/strike-words.js").StrikeWords} words */
  #useWords(words) {
    const { text = "", spans = "[]", doubts = "[]" } = words.dataset
    words.hidden = false
    words.show(text, JSON.parse(spans), JSON.parse(doubts))
    words.querySelector("button")?.focus({ preventScroll: true })
    words.addEventListener("said", (event) => {
      const said = this.querySelector("[data-part=said]")
      if (said) said.textContent = /** @type {CustomEvent} */ (event).detail
    })
    this.#send("word", () => words.ranges)
  }

  /** @param {string} name @param {() => number[][]} marked */
  #send(name, marked) {
    this.querySelector("form")?.addEventListener("formdata", (event) => {
      for (const numbers of marked()) event.formData.append(name, numbers.join("-"))
    })
  }
}

customElements.define("desk-cover", DeskCover)
