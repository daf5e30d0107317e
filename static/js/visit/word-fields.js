/**
 * Four fields for four words: after two letters the words that begin so are offered, a word that is finished leads
 * on to the next field, and several words in one field spread over the others. What is typed stays on this page.
 */
const LEAST_LETTERS = 2
const MOST_OFFERED = 6

export class WordFields {
  /** @type {string[]} */
  known = []
  at = 0 // the field that the offered words are for
  marked = -1 // which of them the arrow keys have reached

  /** @param {HTMLInputElement[]} inputs @param {HTMLElement} list @param {() => Promise<string>} fetchWords */
  constructor(inputs, list, fetchWords) {
    this.inputs = inputs
    this.list = list
    this.fetchWords = fetchWords
    inputs.forEach((input, index) => {
      input.addEventListener("focus", () => void this.#learn())
      input.addEventListener("input", () => this.#typed(index))
      input.addEventListener("keydown", (event) => this.#key(event, index))
    })
    list.addEventListener("click", (event) => {
      const word = event.target instanceof Element ? event.target.closest("button")?.textContent : ""
      if (word) this.#take(word)
    })
  }

  get words() {
    return this.inputs.flatMap((input) => split(input.value)).join(" ")
  }

  get isEmpty() {
    return !this.words
  }

  /** The first field that still lacks its word. */
  focus() {
    ;(this.inputs.find((input) => !input.value) ?? this.inputs[0]).focus()
  }

  reset() {
    for (const input of this.inputs) input.value = ""
    this.#offer([])
  }

  async #learn() {
    if (this.known.length) return
    try {
      this.known = (await this.fetchWords()).split("\n")
    } catch {
      // They can be typed without being offered.
    }
  }

  /** @param {number} index */
  #typed(index) {
    const typed = split(this.inputs[index].value)
    if (typed.length > 1) {
      typed.slice(0, this.inputs.length - index).forEach((word, more) => (this.inputs[index + more].value = word))
      this.#offer([])
      return this.inputs[Math.min(index + typed.length, this.inputs.length) - 1].focus()
    }
    if (typed.length && /[\s,.;]$/u.test(this.inputs[index].value)) {
      this.inputs[index].value = typed[0]
      this.#offer([])
      return this.inputs[index + 1]?.focus()
    }
    this.at = index
    this.#offer(beginningWith(typed[0] ?? "", this.known))
  }

  /** @param {string[]} words */
  #offer(words) {
    this.marked = -1
    const options = words.map((word, index) => {
      const option = document.createElement("button")
      Object.assign(option, { type: "button", className: "button", id: `likely-${index}`, textContent: word, tabIndex: -1 })
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      return option
    })
    this.list.replaceChildren(...options)
    this.inputs.forEach((input, index) => {
      input.setAttribute("aria-expanded", String(index === this.at && words.length > 0))
      input.removeAttribute("aria-activedescendant")
    })
  }

  /** @param {KeyboardEvent} event @param {number} index */
  #key(event, index) {
    const options = [...this.list.querySelectorAll("button")]
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && options.length && this.at === index) {
      event.preventDefault()
      this.marked = (this.marked + step + options.length + (this.marked < 0 && step < 0 ? 1 : 0)) % options.length
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.marked)))
      this.inputs[index].setAttribute("aria-activedescendant", options[this.marked].id)
    } else if (event.key === "Enter" && this.marked >= 0) {
      event.preventDefault()
      this.#take(options[this.marked].textContent ?? "")
    } else if (event.key === "Backspace" && !this.inputs[index].value && index) {
      event.preventDefault()
      this.inputs[index - 1].focus()
    }
  }

  /** @param {string} word */
  #take(word) {
    const { at } = this
    this.inputs[at].value = word
    this.#offer([])
    ;(this.inputs[at + 1] ?? this.inputs[at]).focus()
  }
}

/** @param {string} typed @returns {string[]} */
function split(typed) {
  const plain = typed.normalize("NFD").replace(/\p{M}/gu, "")
  return plain.trim().toLowerCase().split(/[\s,.;·–-]+/u).filter(Boolean)
}

/** @param {string} letters @param {string[]} words in order @returns {string[]} none for a word that is whole */
export function beginningWith(letters, words) {
  if (letters.length < LEAST_LETTERS) return []
  const found = words.filter((word) => word.startsWith(letters)).slice(0, MOST_OFFERED)
  return found.length === 1 && found[0] === letters ? [] : found
}
