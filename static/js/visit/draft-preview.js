/** Improves <draft-preview>: shows exactly what would be kept and gathers what the visitor decides. */
import { call, persist } from "../parts/api.js"
import "../parts/cover-board.js"
import "../parts/strike-words.js"
import { WordActs } from "./word-acts.js"
import { WrittenPlaces } from "./written-places.js"

export class DraftPreview extends HTMLElement {
  hasDetails = false // when it was shown first

  connectedCallback() {
    this.words = /** @type {import("../parts/strike-words.js").StrikeWords} */ (this.querySelector("strike-words"))
    this.covers = /** @type {import("../parts/cover-board.js").CoverBoard} */ (this.querySelector("cover-board"))
    this.audio = /** @type {HTMLAudioElement} */ (this.the("audio"))
    this.wordActs = new WordActs(this)
    this.places = new WrittenPlaces(this)
    /** @type {Blob | null} */
    this.sound = null
    this.addEventListener("said", (event) => {
      this.the("said").textContent = /** @type {CustomEvent} */ (event).detail
      this.#look()
    })
    this.addEventListener("change", (event) => {
      // One at most, and none again: a radio group could not be emptied.
      const chosen = /** @type {HTMLInputElement} */ (event.target)
      if (!chosen.checked) return
      for (const other of this.#inputs(chosen.name)) if (other !== chosen) other.checked = false
    })
    this.querySelector("[data-act=listen]")?.addEventListener("click", () => this.#listen())
    this.querySelector("[data-act=read]")?.addEventListener("click", () => void this.#readAloud())
    this.audio.addEventListener("ended", () => this.#silence())
  }

  get isBusy() {
    return !this.audio.paused
  }

  /**
   * @param {any} draft as the kiosk shows it
   * @param {Blob | null} sound one's own recording, to listen to
   * @param {string} id of the draft
   */
  show(draft, sound, id) {
    this.putAway()
    this.id = id
    this.kind = draft.state === "later" ? "later" : draft.kind
    this.dataset.kind = this.kind
    for (const each of this.querySelectorAll("[data-for]")) {
      const kinds = /** @type {HTMLElement} */ (each).dataset.for?.split(" ") ?? []
      each.toggleAttribute("hidden", !kinds.includes(this.kind))
    }
    const isText = this.kind === "note" || this.kind === "memo"
    if (isText) this.words.show(draft.text, draft.spans ?? [], draft.unsure ?? [])
    this.hasDetails = isText && draft.spans?.length > 0
    this.toggleAttribute("data-details", this.hasDetails)
    this.wordActs?.reset()
    this.#legend(draft, isText)
    if (this.kind === "drawing") {
      this.covers.show("", draft)
      this.places.show(draft)
      void this.#paint(draft.preview)
    }
    this.dispatchEvent(new CustomEvent("shown", { detail: draft }))
    this.#language("looked-in", isText ? draft.looked_in : "")
    this.#language("names-not-found", isText ? draft.names_not_found_in : "")
    const mayName = this.kind === "drawing" && draft.covered?.length + draft.offered?.length > 0
    this.#tell("may-be-names", mayName)
    const sawNone = this.kind === "drawing" && draft.can_read === true && !mayName
    this.#tell("no-names-seen", sawNone && !draft.doubtful)
    this.#tell("may-be-writing", sawNone && draft.doubtful === true)
    this.#tell("cannot-read", this.kind === "drawing" && draft.can_read === false)
    this.#tell("has-no-end", draft.truncated === true)
    this.#look()
    this.sound = sound
    this.querySelector("[data-act=listen]")?.toggleAttribute("hidden", !sound)
    this.querySelector("[data-act=read]")?.toggleAttribute("hidden", !draft.can_be_read_aloud)
  }

  /** What its visitor had brought back before the text was changed is back in it. @param {string} id @param {any} draft as the kiosk shows it @param {import("./sender.js").Waiting} waiting @returns {Promise<any>} */
  async asBefore(id, draft, waiting) {
    return this.wordActs?.again(id, draft, waiting) ?? draft
  }

  /** The words have changed a little, the rest has not. @param {any} draft as the kiosk shows it */
  showText(draft) {
    this.words.show(draft.text, draft.spans ?? [], draft.unsure ?? [])
    this.#legend(draft, true)
    this.#look()
  }

  /** What the marks in the words mean, or that there are none. @param {any} draft @param {boolean} isText */
  #legend(draft, isText) {
    this.#tell("has-placeholder", isText && draft.spans?.length > 0, this.hasDetails)
    this.#tell("has-unsure", isText && draft.unsure?.length > 0, this.hasDetails) // so is what is brought back
    this.#tell("has-nothing", isText && !draft.names_not_found_in && !draft.spans?.length && !draft.unsure?.length)
  }

  /** What Keep tells the kiosk. */
  get wish() {
    const feeling = this.#inputs("feeling").find((input) => input.checked)?.value ?? null
    const question = this.#inputs("question").find((input) => input.checked)?.value
    return {
      struck: this.kind === "note" || this.kind === "memo" ? this.words.ranges : [],
      ...(this.kind === "drawing" ? { covered: [...this.covers.boxes, ...this.places.covered], uncovered: this.places.uncovered } : {}),
      feeling,
      question: question === undefined ? null : Number(question),
    }
  }

  /** @param {"sealing" | "retry" | "renewed" | ""} key */
  say(key) {
    this.the("busy").textContent = key ? this.the("busy").dataset[key] : ""
  }

  /** What the visitor chose on the way here; it is ticked already, and can be taken off. @param {{feeling?: string, question?: string}} chosen */
  expect({ feeling = "", question = "" }) {
    for (const [name, value] of Object.entries({ feeling, question })) {
      if (value) for (const input of this.#inputs(name)) input.checked = input.value === value
    }
  }

  /** Another gathering asks other questions; what was chosen belonged to the old ones. @param {string[]} questions */
  ask(questions) {
    const choices = this.querySelector("[data-part=questions]")
    if (!choices) return
    const now = this.#inputs("question").map((input) => input.nextElementSibling?.textContent)
    if (questions.length === now.length && questions.every((question, index) => question === now[index])) return
    choices.closest("fieldset")?.toggleAttribute("hidden", questions.length < 2)
    choices.replaceChildren(...questions.map(choice))
  }

  /** Nothing is heard any more. */
  rest() {
    this.#silence()
  }

  /** Out of sight for now; what the visitor decided stays for the next look. */
  putAway() {
    this.#silence()
    this.sound = null
    this.id = ""
    this.say("")
    this.the("said").textContent = ""
    this.wordActs?.reset()
  }

  /** Forget everything. */
  reset() {
    this.putAway()
    this.words.reset()
    this.covers.reset()
    this.places.reset()
    this.wordActs?.forget()
    for (const input of this.querySelectorAll("input")) input.checked = input.defaultChecked
  }

  /** @param {string} name @param {string} [languages] */
  #language(name, languages = "") {
    this.#tell(name, Boolean(languages))
    const sentence = this.the(name).querySelector("[data-text]")
    sentence.textContent = sentence.dataset.text.replace("{languages}", languages)
  }

  /** The drawing comes by a call of this page, which alone has the key to it. @param {string} path */
  async #paint(path) {
    const { id } = this
    try {
      const png = await persist(() => call("GET", path, { wantsBlob: true }))
      if (this.id === id) this.covers.paint(URL.createObjectURL(png))
    } catch (problem) {
      this.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: problem }))
    }
  }

  /** Where every word is crossed out there is nothing to keep. */
  #look() {
    const isNothingLeft = this.kind !== "drawing" && this.words.isAllStruck
    this.#tell("nothing-left", isNothingLeft, this.kind === "note" || this.kind === "memo")
    this.querySelector("[data-act=keep]")?.toggleAttribute("disabled", isNothingLeft)
  }

  #listen() {
    const wasOn = this.#isOn("listen")
    this.#silence()
    if (!wasOn && this.sound) this.#play("listen", this.sound)
  }

  /** The words as they would be kept, in the machine's voice. */
  async #readAloud() {
    const wasOn = this.#isOn("read")
    this.#silence()
    if (wasOn) return
    const { id } = this
    this.#press("read", true)
    try {
      const spoken = await call("POST", `/api/drafts/${id}/reading`, { json: { struck: this.words.ranges }, wantsBlob: true })
      if (this.id === id && this.#isOn("read")) this.#play("read", spoken)
    } catch (problem) {
      this.#press("read", false)
      this.dispatchEvent(new CustomEvent("trouble", { bubbles: true, detail: problem }))
    }
  }

  /** @param {string} act @param {Blob} sound */
  #play(act, sound) {
    this.audio.src = URL.createObjectURL(sound)
    this.#press(act, true)
    this.audio.play().catch(() => this.#silence())
  }

  #silence() {
    this.#press("listen", false)
    this.#press("read", false)
    if (!this.audio.src) return
    const { src } = this.audio
    this.audio.removeAttribute("src")
    this.audio.load()
    URL.revokeObjectURL(src)
  }

  /** @param {string} act @param {boolean} isPressed */
  #press(act, isPressed) {
    this.querySelector(`[data-act=${act}]`)?.setAttribute("aria-pressed", String(isPressed))
  }

  /** @param {string} act */
  #isOn(act) {
    return this.querySelector(`[data-act=${act}]`)?.getAttribute("aria-pressed") === "true"
  }

  /** @param {string} name @param {boolean} isShown @param {boolean} [keepsRoom] it may come while somebody reads, and moves nothing then */
  #tell(name, isShown, keepsRoom = false) {
    this.the(name).hidden = !isShown && !keepsRoom
    this.the(name).inert = !isShown
  }

  /** @param {string} name @returns {HTMLInputElement[]} */
  #inputs(name) {
    return [...this.querySelectorAll("input")].filter((input) => input.name === name)
  }

  /** @param {string} name @returns {any} */
  the(name) {
    return this.querySelector(`[data-part=${name}]`)
  }
}

/** @param {string} question @param {number} index */
function choice(question, index) {
  const label = document.createElement("label")
  label.className = "choice choice--chip"
  const input = Object.assign(document.createElement("input"), { type: "checkbox", name: "question", value: String(index), autocomplete: "off" })
  const text = Object.assign(document.createElement("span"), { textContent: question })
  label.append(input, text)
  return label
}

customElements.define("draft-preview", DraftPreview)
