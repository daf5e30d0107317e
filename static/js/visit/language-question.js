/**
 * Improves <language-question>: whoever chose one language and plainly spoke another is asked which it was.
 * Nothing vanishes under a finger: the language that was read is pressed, the other one reads the recording anew.
 *
 * @typedef {{asks: string, sound_is_gone: string, choices: {language: string, name: string}[]}} Question in words of the screen
 */
export class LanguageQuestion extends HTMLElement {
  connectedCallback() {
    if (!Object.hasOwn(this, "asked")) return
    const { asked } = this // set before this module came
    Reflect.deleteProperty(this, "asked")
    this.asked = asked
  }

  /** @returns {{question: Question, now: string, hasSound: boolean} | null} */
  get asked() {
    return this.shown ?? null
  }

  /** Null: nothing is asked; `now` is the language that was read. */
  set asked(asked) {
    this.shown = asked
    this.hidden = !asked
    const sentence = Object.assign(document.createElement("p"), { id: "language-asks" })
    sentence.textContent = asked ? (asked.hasSound ? asked.question.asks : asked.question.sound_is_gone) : ""
    const choices = document.createElement("div")
    choices.className = "cluster"
    if (asked?.hasSound) choices.append(...asked.question.choices.map((each) => this.#choice(each, asked.now)))
    this.replaceChildren(...(asked ? [sentence, choices] : []))
  }

  /** @param {{language: string, name: string}} choice @param {string} now */
  #choice({ language, name }, now) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button"
    button.textContent = name
    button.setAttribute("aria-pressed", String(language === now))
    button.addEventListener("click", () => {
      if (language !== now) this.dispatchEvent(new CustomEvent("reread", { bubbles: true, detail: language }))
    })
    return button
  }
}

customElements.define("language-question", LanguageQuestion)
