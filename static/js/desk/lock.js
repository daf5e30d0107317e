/**
 * Improves <desk-lock>: leaves the page when nobody has used the desk for as long as its session lasts,
 * so that no item stays on an unattended screen; and never shows a page from the browser's memory.
 */
class DeskLock extends HTMLElement {
  connectedCallback() {
    this.wait = Number(this.dataset.seconds) * 1000
    for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, () => this.#again(), { passive: true })
    addEventListener("pageshow", (event) => event.persisted && location.reload())
    this.#again()
  }

  #again() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      document.dispatchEvent(new Event("desk-locking"))
      location.replace(this.dataset.url ?? "/")
    }, this.wait)
  }
}

customElements.define("desk-lock", DeskLock)
