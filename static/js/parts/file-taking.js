/**
 * Improves <file-taking>: the form in it answers with a file; says while it is being made, saves it,
 * and says when it is there or what stood in the way. Without this the browser saves it by itself.
 */
class FileTaking extends HTMLElement {
  connectedCallback() {
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault()
      if (!this.isBusy && event.target instanceof HTMLFormElement) void this.#take(event.target)
    })
  }

  /** @param {HTMLFormElement} form */
  async #take(form) {
    this.isBusy = true
    this.#say(this.dataset.busy)
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null)
    this.isBusy = false
    const name = /filename="([^"]+)"/.exec(answer?.headers.get("Content-Disposition") ?? "")
    if (!answer?.ok || !name) return answer?.redirected ? location.assign(answer.url) : this.#say(this.dataset.failed)
    const link = document.createElement("a")
    link.href = URL.createObjectURL(await answer.blob())
    link.download = name[1]
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    this.#say(this.dataset.done)
  }

  /** @param {string | undefined} words */
  #say(words) {
    const told = this.querySelector("output")
    if (told) told.textContent = words ?? ""
  }
}

customElements.define("file-taking", FileTaking)
