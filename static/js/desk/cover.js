/**
 * Improves <desk-cover>: over a drawing, free covers instead of squares; over words, dragging marks several.
 * What is marked is sent in the form's own fields, as it would be without this module.
 */
import "../parts/cover-board.js"

class DeskCover extends HTMLElement {
  connectedCallback() {
    const board = /** @type {import("../parts/cover-board.js").CoverBoard | null} */ (this.querySelector("cover-board"))
    if (board) this.#useBoard(board)
    else this.#dragOverWords()
  }

  /** @param {import("../parts/cover-board.js").CoverBoard} board */
  #useBoard(board) {
    this.querySelector("[data-part=plain]")?.remove()
    board.hidden = false
    board.show(board.dataset.picture ?? "")
    this.querySelector("form")?.addEventListener("formdata", (event) => {
      for (const box of board.boxes) event.formData.append("box", box.map(Math.round).join("-"))
    })
  }

  #dragOverWords() {
    /** @type {{wish: boolean, last: Element} | null} */
    let drag = null
    this.addEventListener("pointerdown", (event) => {
      const word = event.target instanceof Element ? event.target.closest(".desk-word") : null
      const box = word?.querySelector("input")
      if (word && box && event.button === 0) drag = { wish: !box.checked, last: word }
    })
    this.addEventListener("pointermove", (event) => {
      if (!drag) return
      const word = document.elementFromPoint(event.clientX, event.clientY)?.closest(".desk-word")
      if (!word || word === drag.last) return
      for (const each of [drag.last, word]) {
        const box = each.querySelector("input")
        if (box) box.checked = drag.wish
      }
      drag.last = word
    })
    addEventListener("pointerup", () => (drag = null))
  }
}

customElements.define("desk-cover", DeskCover)
