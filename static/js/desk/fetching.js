/** Improves <model-fetching>: the bar moves while a speech model is on its way, and the page says when it is there. */
const LOOK_EVERY_MS = 1500

class ModelFetching extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => void this.#look(), LOOK_EVERY_MS)
    document.addEventListener("desk-locking", () => clearInterval(this.timer))
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  async #look() {
    const answer = await fetch(this.dataset.url ?? "", { headers: { Accept: "application/json" } }).catch(() => null)
    if (!answer?.ok || answer.redirected) return // the next look may find it again
    const { state, done_bytes: done, all_bytes: all } = await answer.json()
    if (state !== "going") return location.reload()
    const bar = this.querySelector("progress")
    if (!bar || !all) return
    bar.max = all
    bar.value = done
    const told = this.querySelector("output")
    const text = done < all ? told?.dataset.text : told?.dataset.checking
    if (told) told.textContent = (text ?? "").replace("%1", megabytes(done)).replace("%2", megabytes(all))
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.round(bytes / 1e6).toLocaleString(document.documentElement.lang)
}

customElements.define("model-fetching", ModelFetching)
