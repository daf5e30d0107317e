/**
 * Improves <parcel-sending>: the chosen file goes in pieces, with a bar that moves, and one sentence says
 * what came of it. Without this the smallest parcels go as a plain form.
 */
const PIECE_BYTES = 1 << 20

class ParcelSending extends HTMLElement {
  connectedCallback() {
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault()
      if (!this.isBusy && event.target instanceof HTMLFormElement) void this.#begin(event.target)
    })
  }

  /** @param {HTMLFormElement} form */
  async #begin(form) {
    const file = new FormData(form).get("parcel")
    if (!(file instanceof File)) return
    if (file.size > Number(this.dataset.most)) return this.#say(this.dataset.large)
    this.isBusy = true
    const said = await this.#send(form, file).catch(() => null)
    this.isBusy = false
    const bar = this.querySelector("progress")
    if (bar) bar.hidden = true
    this.#say(said?.sentence ?? this.dataset.failed)
    if (said?.is_done) form.reset()
  }

  /**
   * @param {HTMLFormElement} form
   * @param {File} file
   */
  async #send(form, file) {
    const token = String(new FormData(form).get("form_token"))
    const headers = { "X-Form-Token": token, Accept: "application/json" }
    const bar = this.querySelector("progress")
    this.#say(this.dataset.going)
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      if (bar) Object.assign(bar, { hidden: false, value: at / file.size })
      const address = `${this.dataset.pieces}?from=${at}`
      const answer = await fetch(address, { method: "POST", headers, body: file.slice(at, at + PIECE_BYTES) })
      if (answer.redirected) location.assign(answer.url) // the desk has locked
      if (!answer.ok) return null
    }
    if (bar) bar.removeAttribute("value")
    this.#say(this.dataset.taking)
    const answer = await fetch(form.action, { method: "POST", headers })
    return answer.ok ? await answer.json() : null
  }

  /** @param {string | undefined} words */
  #say(words) {
    const told = this.querySelector("output")
    if (told) told.textContent = words ?? ""
  }
}

customElements.define("parcel-sending", ParcelSending)
