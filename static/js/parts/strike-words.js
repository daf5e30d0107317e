/**
 * Improves <strike-words>: every word is a button that crosses itself out, and back again.
 * One of them is in the tab order; arrow keys move along. Dragging crosses out what it passes.
 */
import { carried, struckRanges, toCodePoint, tokens } from "./words.js"

export class StrikeWords extends HTMLElement {
  connectedCallback() {
    this.text = ""
    /** @type {import("./words.js").Token[]} */
    this.tokens = []
    /** @type {Set<number>} */
    this.struck = new Set()
    /** @type {{wish: boolean, from: number, pointer: number, isDrag: boolean} | null} */
    this.drag = null
    this.addEventListener("click", (event) => this.#click(event))
    this.addEventListener("keydown", (event) => this.#key(event))
    this.addEventListener("pointerdown", (event) => this.#down(event))
    this.addEventListener("pointermove", (event) => this.#move(event))
    this.addEventListener("pointerup", () => (this.drag = null))
    this.addEventListener("pointercancel", () => (this.drag = null))
    this.addEventListener("focusin", (event) => this.#rove(this.#index(event.target)))
  }

  /**
   * @param {string} text
   * @param {{start: number, end: number}[]} spans
   * @param {[number, number][]} unsure
   */
  show(text, spans = [], unsure = []) {
    const now = tokens(text, spans, unsure)
    this.struck = carried(this.tokens, this.struck, now)
    this.text = text
    this.tokens = now
    this.replaceChildren(...this.tokens.map((token, index) => (token.isWord ? this.#word(token, index) : token.text)))
    this.querySelector("button")?.setAttribute("tabindex", "0")
  }

  /** @returns {[number, number][]} code points */
  get ranges() {
    return struckRanges(this.text, this.tokens, this.struck)
  }

  /** Nothing but crossed out words is left. */
  get isAllStruck() {
    return this.struck.size > 0 && this.tokens.every((token, index) => !token.isWord || this.struck.has(index))
  }

  reset() {
    this.struck = new Set()
    this.show("")
  }

  /** @param {import("./words.js").Token} token @param {number} index */
  #word(token, index) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "word"
    button.tabIndex = -1
    button.dataset.index = String(index)
    button.setAttribute("aria-pressed", String(this.struck.has(index)))
    button.textContent = token.kind ? this.#name(token) : token.text
    if (token.kind) button.dir = "auto" // words of the screen: they say nothing about the direction of the text
    if (token.isPlaceholder) button.classList.add("placeholder")
    if (token.isUnsure) {
      button.classList.add("unsure")
      button.setAttribute("aria-description", this.dataset.unsure ?? "")
    }
    return button
  }

  /** A placeholder in words; people are told apart where there are several. @param {import("./words.js").Token} token */
  #name(token) {
    const names = JSON.parse(this.dataset.kinds ?? "{}")
    const number = /\d+/u.exec(token.text)?.[0]
    const isOneOfMany = new Set(this.tokens.filter((each) => each.kind === token.kind).map((each) => each.text)).size > 1
    return [names[token.kind] ?? token.text, ...(number && isOneOfMany && token.kind in names ? [number] : [])].join(" ")
  }

  /** @param {number} index */
  isStruck(index) {
    return this.struck.has(index)
  }

  /** Where it stands in the text. @param {number} index @returns {[number, number]} code points */
  place(index) {
    const { start, end } = this.tokens[index]
    return [toCodePoint(this.text, start), toCodePoint(this.text, end)]
  }

  /** @param {number} index */
  focusOn(index) {
    this.#button(index)?.focus()
  }

  /** @param {number} index @param {boolean} isStruck */
  strike(index, isStruck) {
    const button = this.#button(index)
    if (!button) return
    if (isStruck) this.struck.add(index)
    else this.struck.delete(index)
    button.setAttribute("aria-pressed", String(isStruck))
    const sentence = this.struck.size === 0 ? this.dataset.none : this.struck.size === 1 ? this.dataset.one : this.dataset.some
    this.dispatchEvent(new CustomEvent("said", { bubbles: true, detail: (sentence ?? "").replace("{n}", String(this.struck.size)) }))
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const index = this.#index(event.target)
    if (index < 0 || this.wasDrag) {
      this.wasDrag = false
      return
    }
    const token = this.tokens[index]
    // Where its visitor is asked (data-asks), a touch strikes nothing that the kiosk took out: perhaps it should come back.
    if (!("asks" in this.dataset && token.isPlaceholder) || this.struck.has(index)) this.strike(index, !this.struck.has(index))
    this.dispatchEvent(new CustomEvent("chosen", { bubbles: true, detail: { token, index } }))
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const from = this.#index(event.target)
    this.wasDrag = false
    if (from < 0 || event.button !== 0) return
    this.drag = { wish: !this.struck.has(from), from, pointer: event.pointerId, isDrag: false }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.drag || event.pointerId !== this.drag.pointer) return
    const to = this.#index(document.elementFromPoint(event.clientX, event.clientY))
    if (to < 0 || (to === this.drag.from && !this.drag.isDrag)) return
    this.drag.isDrag = this.wasDrag = true
    for (let index = Math.min(this.drag.from, to); index <= Math.max(this.drag.from, to); index += 1) {
      if (this.tokens[index].isWord && this.struck.has(index) !== this.drag.wish) this.strike(index, this.drag.wish)
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.#index(event.target)
    this.wasDrag = false
    if (at < 0) return
    const words = [...this.querySelectorAll("button")]
    const here = words.findIndex((word) => Number(word.dataset.index) === at)
    const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight"
    const next = {
      [forward]: here + 1,
      [backward]: here - 1,
      ArrowDown: nearestInRow(words, here, 1),
      ArrowUp: nearestInRow(words, here, -1),
      Home: 0,
      End: words.length - 1,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const target = words[Math.min(Math.max(next, 0), words.length - 1)]
    if (event.shiftKey) this.strike(Number(target.dataset.index), !this.struck.has(at) || !this.struck.has(Number(target.dataset.index)))
    target.focus()
  }

  /** @param {number} index */
  #rove(index) {
    if (index < 0) return
    this.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1")
    this.#button(index)?.setAttribute("tabindex", "0")
  }

  /** @param {EventTarget | null} target */
  #index(target) {
    const word = target instanceof Element ? target.closest("button.word") : null
    return word instanceof HTMLElement && this.contains(word) ? Number(word.dataset.index) : -1
  }

  /** @param {number} index @returns {HTMLButtonElement | null} */
  #button(index) {
    return this.querySelector(`button[data-index="${index}"]`)
  }
}

/** The word above or below. @param {HTMLElement[]} words @param {number} here @param {1 | -1} way */
function nearestInRow(words, here, way) {
  const box = words[here].getBoundingClientRect()
  const centre = box.left + box.width / 2
  let best = here
  let row = 0
  let least = Infinity
  for (let index = here + way; index >= 0 && index < words.length; index += way) {
    const other = words[index].getBoundingClientRect()
    if (Math.abs(other.top - box.top) < box.height / 2) continue
    if (row === 0) row = other.top
    if (Math.abs(other.top - row) > box.height / 2) break
    const far = Math.abs(other.left + other.width / 2 - centre)
    if (far < least) [best, least] = [index, far]
  }
  return best
}

customElements.define("strike-words", StrikeWords)
