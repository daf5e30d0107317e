/** Improves <desk-zoom>: a drawing as large as one likes; the frame's own scrolling moves it, by key and touch. */
const STEP = 1.5
const MOST = 8

class DeskZoom extends HTMLElement {
  connectedCallback() {
    this.size = 1
    this.frame = /** @type {HTMLElement | null} */ (this.querySelector(".zoom__frame"))
    this.picture = /** @type {HTMLImageElement | null} */ (this.querySelector("img"))
    const bar = document.createElement("p")
    bar.className = "cluster no-print"
    for (const [sign, name, by] of [["+", this.dataset.in, STEP], ["−", this.dataset.out, 1 / STEP]]) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "button button--small"
      button.textContent = `${name} ${sign}`
      button.addEventListener("click", () => this.#zoom(Number(by)))
      bar.append(button)
    }
    this.prepend(bar)
    this.frame?.addEventListener("keydown", (event) => {
      if (event.key === "+" || event.key === "=") this.#zoom(STEP)
      else if (event.key === "-") this.#zoom(1 / STEP)
    })
  }

  /** @param {number} by */
  #zoom(by) {
    if (!this.frame || !this.picture) return
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.frame
    const before = this.size ?? 1
    this.size = Math.min(MOST, Math.max(1, before * by))
    this.picture.style.inlineSize = `${this.size * 100}%`
    this.picture.style.maxBlockSize = this.size > 1 ? "none" : ""
    const grown = this.size / before
    this.frame.scrollTo((scrollLeft + clientWidth / 2) * grown - clientWidth / 2, (scrollTop + clientHeight / 2) * grown - clientHeight / 2)
  }
}

customElements.define("desk-zoom", DeskZoom)
