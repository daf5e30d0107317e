/**
 * One visit, from the first touch to Keep or Forget: which screen comes next.
 *
 * What a visitor makes lives in variables of this page and of the kiosk's memory, and `forget` empties
 * both. Pieces tell what happened by events: `made`, `trouble`, `withdraw`.
 */
import { Problem } from "../parts/api.js"
import { Countdown } from "./countdown.js"
import { Dialogs } from "./dialogs.js"
import "./draft-preview.js"
import "./drawing-board.js"
import { watchIdle } from "./idle-reset.js"
import { Keeper } from "./keeper.js"
import { KeptScreen } from "./kept-screen.js"
import { Making } from "./making.js"
import "./memo-recorder.js"
import "./note-field.js"
import { guardHabits } from "./page-habits.js"
import "./receipt-lookup.js"
import { Screens } from "./screens.js"
import { watchWords } from "./words-meanwhile.js"

const FORGOTTEN_SECONDS = 8
const PIECES = ["memo-recorder", "drawing-board", "note-field", "draft-preview", "receipt-lookup"]

class VisitFlow extends HTMLElement {
  connectedCallback() {
    this.screens = new Screens(this)
    this.dialogs = new Dialogs(this)
    this.keeper = new Keeper()
    this.making = new Making(this.screens)
    this.visit = 0 // grows with each reset; what began in an earlier visit must not end in this one
    const ending = { onOver: () => this.reset(), isHeld: () => this.dialogs.isOpen }
    this.kept = new KeptScreen(this.screens, ending)
    this.goneFor = new Countdown(ending)
    document.addEventListener("click", (event) => this.#click(event))
    this.addEventListener("made", (event) => void this.making.begin(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("trouble", (event) => this.screens.trouble(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("withdraw", (event) => void this.#withdraw(/** @type {CustomEvent} */ (event).detail.words))
    guardHabits({ onAway: () => this.reset() })
    watchIdle({
      seconds: Number(this.dataset.idleSeconds),
      dialog: this.dialogs.box("idle"),
      isBusy: () => Boolean(this.screens.element("memo-recorder")?.isBusy || this.screens.element("draft-preview")?.isBusy),
      hasSomething: () => this.screens.name !== "start" && this.screens.name !== "forgotten",
      onOver: () => this.#idleOver(),
    })
    watchWords(this.screens)
    // Firefox fills fields again after a reload, autocomplete or not.
    for (const name of ["memo-recorder", "note-field", "receipt-lookup"]) this.screens.element(name)?.reset?.()
    document.body.dataset.shows = "start"
  }

  /** Forget everything of this visit and show the start. */
  reset() {
    this.forget()
    this.screens.show("start")
  }

  /** Nothing of the visit remains, here or at the kiosk. */
  forget() {
    this.visit += 1
    this.kept.reset()
    this.goneFor.stop()
    this.making.forget()
    this.keeper.reset()
    for (const name of PIECES) this.screens.element(name)?.reset()
    this.screens.clear()
    this.dialogs.closeAll()
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button, a[data-language]") : null
    if (!(button instanceof HTMLElement)) return
    const { go, act, silence, dialog, language } = button.dataset
    if (language) {
      event.preventDefault()
      void this.#turnTo(language)
    } else if (dialog) this.dialogs.box(dialog).showModal()
    else if (silence) void this.#silence(silence, button)
    else if (go) void this.#leaveFor(go)
    else if (act && act in this.acts && !button.closest("memo-recorder, drawing-board")) this.acts[act](button)
    else if (act === "leave") void this.#leaveFor("start")
  }

  /** @type {Record<string, (button: HTMLElement) => void>} */
  acts = {
    leave: () => void this.#leaveFor("start"),
    keep: () => void this.#keep(),
    forget: () => void this.#forgetAsked(),
    change: () => this.making.change(),
    finish: () => this.reset(),
    stay: () => this.kept.stay(!this.kept.isStaying),
    "take-back": () => void this.#withdraw(this.kept.words),
  }

  /** Another door, or back: what was begun is forgotten, gently. @param {string} screen */
  async #leaveFor(screen) {
    if (this.#hasWork() && !(await this.dialogs.sure("forget"))) return
    this.forget()
    this.screens.show(screen)
  }

  /** Another language is another page: what was begun does not come along. @param {string} language */
  async #turnTo(language) {
    if (this.#hasWork() && !(await this.dialogs.sure("forget"))) return
    this.forget()
    location.replace(`/?lang=${encodeURIComponent(language)}`) // replace: history never grows
  }

  #hasWork() {
    const { name } = this.screens
    if (name === "write") return this.screens.element("note-field").text.value.length > 40
    if (name === "draw") return this.screens.element("drawing-board").sheet.marks.length > 3
    if (name === "speak") return !this.screens.element("memo-recorder").isEmpty
    return ["working", "preview"].includes(name) && Boolean(this.making.made)
  }

  #keep() {
    const { visit } = this
    const { draft } = this.making
    const preview = this.screens.element("draft-preview")
    if (!draft) return
    return this.keeper.alone(this.querySelectorAll('[data-screen="preview"] [data-act=keep]'), async () => {
      preview.say("sealing")
      this.screens.trouble(null)
      try {
        const words = await this.keeper.keep(draft, preview.wish, () => preview.say("retry"))
        if (visit !== this.visit) return
        this.making.draft = null // kept: there is nothing left to forget
        this.#kept(words)
      } catch (problem) {
        if (visit !== this.visit) return
        preview.say("")
        if (problem instanceof Problem && problem.status === 404) await this.making.renew()
        else this.screens.trouble(problem)
      }
    })
  }

  /** @param {string} feeling @param {HTMLElement} button */
  #silence(feeling, button) {
    const { visit } = this
    return this.keeper.alone([button], async () => {
      this.screens.trouble(null)
      try {
        const words = await this.keeper.silence(feeling)
        if (visit === this.visit) this.#kept(words)
      } catch (problem) {
        if (visit === this.visit) this.screens.trouble(problem)
      }
    })
  }

  /** @param {string} words */
  #kept(words) {
    this.forget()
    this.kept.show(words)
  }

  async #forgetAsked() {
    if (this.making.made?.isLong && !(await this.dialogs.sure("forget"))) return
    this.#gone()
  }

  #gone() {
    this.forget()
    this.screens.show("forgotten")
    this.goneFor.start(FORGOTTEN_SECONDS)
  }

  /** @param {string} words */
  async #withdraw(words) {
    if (!words || this.keeper.isBusy || !(await this.dialogs.sure("withdraw"))) return
    const { visit } = this
    this.screens.trouble(null)
    await this.keeper.alone(this.querySelectorAll("[data-act=take-back], [data-act=withdraw]"), async () => {
      try {
        const found = await this.keeper.withdraw(words)
        if (found?.state !== "released") return this.#gone()
        // Opened meanwhile: say so instead of promising that it is gone.
        if (this.screens.name !== "receipt") this.screens.show("receipt")
        this.screens.element("receipt-lookup").show(found)
      } catch (problem) {
        if (visit !== this.visit) return
        if (this.screens.name === "kept") this.kept.stay(true) // the words are needed still
        this.screens.trouble(problem, "notBack")
      }
    })
  }

  #idleOver() {
    this.forget()
    scrollTo(0, 0)
    if (location.search) location.replace("/") // the next person gets the kiosk's own language
    else if (this.screens.name !== "start") this.screens.show("start")
  }
}

customElements.define("visit-flow", VisitFlow)
