/** Which question somebody answers, if they say so before they begin; it stands on the way and is ticked at the preview. */
export class AskedQuestion {
  chosen = "" // its place in the list; empty: none

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.first = this.#shown()[0]?.textContent ?? ""
  }

  /** Chosen on the start, or before, on the way between two doors. */
  get current() {
    return this.#buttons().find((button) => button.getAttribute("aria-pressed") === "true")?.dataset.ask ?? this.chosen
  }

  /** @param {HTMLElement} pressed */
  press(pressed) {
    for (const button of this.#buttons()) button.setAttribute("aria-pressed", String(button === pressed && button.getAttribute("aria-pressed") !== "true"))
  }

  /** Show it where somebody speaks or writes. @param {string} question its place; empty: none */
  show(question) {
    this.chosen = question
    const text = this.#buttons().find((button) => button.dataset.ask === question)?.textContent ?? this.first
    for (const place of this.#shown()) place.textContent = text
  }

  /** None, and nothing on the start tells which it was. */
  reset() {
    for (const button of this.#buttons()) button.setAttribute("aria-pressed", "false")
    this.show("")
  }

  /** @returns {HTMLElement[]} */
  #buttons() {
    return [...this.root.querySelectorAll("[data-ask]")].filter((each) => each instanceof HTMLElement)
  }

  #shown() {
    return [...this.root.querySelectorAll(".screen__question")]
  }
}
