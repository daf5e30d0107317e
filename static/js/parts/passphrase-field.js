/** Improves <passphrase-field>: shows how strong a passphrase is while it is typed, and shows it on wish. */
class PassphraseField extends HTMLElement {
  connectedCallback() {
    const field = /** @type {HTMLInputElement} */ (this.querySelector("input[name=passphrase]"))
    const show = /** @type {HTMLInputElement} */ (this.querySelector("input[data-show]"))
    show.addEventListener("change", () => {
      field.type = show.checked ? "text" : "password"
    })
    let waiting = 0
    field.addEventListener("input", () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => this.weigh(field.value), 250)
    })
  }

  /** @param {string} passphrase */
  async weigh(passphrase) {
    const bar = /** @type {HTMLElement} */ (this.querySelector(".strength"))
    const says = /** @type {HTMLOutputElement} */ (this.querySelector("output"))
    if (!passphrase) {
      bar.dataset.score = "0"
      says.textContent = ""
      return
    }
    const answer = await fetch(this.dataset.url ?? "", { method: "POST", body: passphrase })
    if (!answer.ok) return // the page works without the meter
    const { score, advice } = await answer.json()
    bar.dataset.score = String(score)
    says.textContent = advice
  }
}

customElements.define("passphrase-field", PassphraseField)
