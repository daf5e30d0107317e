/** Improves <note-field>: Done wakes with the first word, and the room left is told only near the limit. */
import { codePointLength, tokens } from "../parts/words.js"

const NEAR = 0.9 // of the limit; before that a counter only hurries people

export class NoteField extends HTMLElement {
  isSpoken = false

  connectedCallback() {
    this.limit = Number(this.dataset.limit)
    this.text = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"))
    this.done = /** @type {HTMLButtonElement} */ (this.querySelector("[data-act=done]"))
    this.left = /** @type {HTMLElement} */ (this.querySelector("[data-part=left]"))
    this.text.addEventListener("input", () => this.look())
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault()
      if (!this.done.disabled) this.#send()
    })
  }

  get isEmpty() {
    return !this.text.value.trim()
  }

  /** What was heard of a recording, to be put right. @param {string} text */
  correct(text) {
    this.isSpoken = true
    this.text.value = text
    this.look()
  }

  /** Ready to be typed over. @param {{word: string, nth: number}} chosen the nth of those alike, from 0 */
  select({ word, nth }) {
    const alike = tokens(this.text.value).filter((each) => each.text === word)
    const found = alike[Math.min(nth, alike.length - 1)]
    if (found) this.text.setSelectionRange(found.start, found.end)
  }

  reset() {
    this.isSpoken = false
    this.text.value = ""
    this.look()
  }

  #send() {
    const body = () => this.text.value // as it stands when it is sent
    this.dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { kind: "note", body, type: "text/plain", as: this.isSpoken ? "memo" : undefined } }))
  }

  /** Done is there for a text that can be sent, once. */
  look() {
    const length = codePointLength(this.text.value)
    const room = this.limit - length
    this.done.disabled = this.isEmpty || room < 0 || this.done.getAttribute("aria-busy") === "true"
    if (room < 0) this.text.setAttribute("aria-invalid", "true")
    else this.text.removeAttribute("aria-invalid")
    this.left.classList.toggle("hint--wrong", room < 0)
    const sentence = room < 0 ? this.left.dataset.over : length > this.limit * NEAR ? this.left.dataset.text : ""
    this.left.textContent = (sentence ?? "").replace("{n}", String(Math.abs(room)))
  }
}

customElements.define("note-field", NoteField)
