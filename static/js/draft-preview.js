/** Improves <draft-preview>: shows exactly what would be kept and gathers what the visitor decides. */
import "./cover-board.js"
import "./strike-words.js"

export class DraftPreview extends HTMLElement {
  connectedCallback() {
    this.words = /** @type {import("./strike-words.js").StrikeWords} */ (this.querySelector("strike-words"))
    this.covers = /** @type {import("./cover-board.js").CoverBoard} */ (this.querySelector("cover-board"))
    this.audio = /** @type {HTMLAudioElement} */ (this.part("audio"))
    /** @type {Blob | null} */
    this.sound = null
    this.addEventListener("said", (event) => (this.part("said").textContent = /** @type {CustomEvent} */ (event).detail))
    this.addEventListener("change", (event) => {
      // One feeling at most, and none again: a radio group could not be emptied.
      const chosen = /** @type {HTMLInputElement} */ (event.target)
      if (chosen.name !== "feeling" || !chosen.checked) return
      for (const other of this.#feelings()) if (other !== chosen) other.checked = false
    })
    this.querySelector("[data-act=listen]")?.addEventListener("click", () => this.#listen())
    for (const event of ["ended", "pause"]) this.audio.addEventListener(event, () => this.#press(false))
  }

  get isBusy() {
    return !this.audio.paused
  }

  /**
   * @param {any} draft as the kiosk shows it
   * @param {Blob | null} sound one's own recording, to listen to
   */
  show(draft, sound) {
    this.reset()
    this.kind = draft.state === "later" ? "later" : draft.kind
    this.dataset.kind = this.kind
    for (const each of this.querySelectorAll("[data-for]")) {
      const kinds = /** @type {HTMLElement} */ (each).dataset.for?.split(" ") ?? []
      each.toggleAttribute("hidden", !kinds.includes(this.kind))
    }
    const isText = this.kind === "note" || this.kind === "memo"
    if (isText) this.words.show(draft.text, draft.spans ?? [], draft.unsure ?? [])
    if (this.kind === "drawing") this.covers.show(draft.preview, draft.offered ?? [], draft.width ? draft : undefined)
    this.#tell("has-placeholder", isText && draft.spans?.length > 0)
    this.#tell("has-unsure", isText && draft.unsure?.length > 0)
    this.#tell("has-nothing", isText && !draft.spans?.length && !draft.unsure?.length)
    this.#tell("has-covered", this.kind === "drawing" && draft.covered?.length > 0)
    this.#tell("has-offered", this.kind === "drawing" && draft.offered?.length > 0)
    this.#tell("cannot-read", this.kind === "drawing" && draft.can_read === false)
    this.sound = sound
    this.querySelector("[data-act=listen]")?.toggleAttribute("hidden", !sound)
  }

  /** What Keep tells the kiosk. */
  get wish() {
    const feeling = this.#feelings().find((input) => input.checked)?.value ?? null
    const question = /** @type {HTMLInputElement | null} */ (this.querySelector("input[name=question]:checked"))
    return {
      struck: this.kind === "note" || this.kind === "memo" ? this.words.ranges : [],
      covered: this.kind === "drawing" ? this.covers.boxes : null,
      feeling,
      question: question?.value ? Number(question.value) : null,
    }
  }

  /** @param {"sealing" | "retry" | "renewed" | ""} key */
  say(key) {
    this.part("busy").textContent = key ? this.part("busy").dataset[key] : ""
  }

  reset() {
    this.#silence()
    this.sound = null
    this.words.reset()
    this.covers.reset()
    this.say("")
    this.part("said").textContent = ""
    for (const input of this.querySelectorAll("input")) input.checked = input.defaultChecked
  }

  #listen() {
    if (!this.audio.paused) return this.#silence()
    if (!this.sound) return
    this.#silence()
    this.audio.src = URL.createObjectURL(this.sound)
    this.#press(true)
    this.audio.play().catch(() => this.#silence())
  }

  #silence() {
    this.audio.pause()
    if (this.audio.src) URL.revokeObjectURL(this.audio.src)
    this.audio.removeAttribute("src")
    this.#press(false)
  }

  /** @param {boolean} isPressed */
  #press(isPressed) {
    this.querySelector("[data-act=listen]")?.setAttribute("aria-pressed", String(isPressed))
  }

  /** @param {string} name @param {boolean} isShown */
  #tell(name, isShown) {
    this.part(name).hidden = !isShown
  }

  /** @returns {HTMLInputElement[]} */
  #feelings() {
    return [...this.querySelectorAll("input[name=feeling]")].map((input) => /** @type {HTMLInputElement} */ (input))
  }

  /** @param {string} name @returns {any} */
  part(name) {
    return this.querySelector(`[data-part=${name}]`)
  }
}

customElements.define("draft-preview", DraftPreview)
