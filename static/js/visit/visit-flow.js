/**
 * One visit, from the first touch to Keep or Forget: which screen comes next.
 *
 * What a visitor makes lives in variables of this page and of the kiosk's memory, and `forget` empties
 * both. Pieces tell what happened by events: `made`, `trouble`, `withdraw`.
 */
import { Problem, freshKey, sentAlways, sleep } from "../parts/api.js"
import { AskedQuestion } from "./asked-question.js"
import { Countdown } from "./countdown.js"
import { Dialogs } from "./dialogs.js"
import "./draft-preview.js"
import { openFresh } from "./fresh-page.js"
import { Hide } from "./hide.js"
import { watchIdle } from "./idle-reset.js"
import { Keeper } from "./keeper.js"
import { KeptScreen } from "./kept-screen.js"
import { Making } from "./making.js"
import "./memo-recorder.js"
import "./note-field.js"
import { guardHabits } from "./page-habits.js"
import { PromiseWatch } from "./promise-watch.js"
import { QuietScreen } from "./quiet-screen.js"
import "./receipt-lookup.js"
import { Screens } from "./screens.js"
import { guardTaps, holdStill } from "./tap-guard.js"
import { watchWords } from "./words-meanwhile.js"

const FORGOTTEN_SECONDS = 20
const AGAIN_MS = 2000
const LETTERS_MS = 1500 // then the page is shown without them
const PIECES = ["memo-recorder", "drawing-board", "note-field", "draft-preview", "paper-corners", "receipt-lookup"]

class VisitFlow extends HTMLElement {
  connectedCallback() {
    this.screens = new Screens(this)
    this.dialogs = new Dialogs(this)
    this.keeper = new Keeper()
    this.making = new Making(this.screens)
    this.visit = 0 // grows with each reset; what began in an earlier visit must not end in this one
    sentAlways["X-Visit"] = freshKey() // only this page finds what this page made
    const ending = { onOver: () => this.end(), isHeld: () => this.dialogs.isOpen }
    this.kept = new KeptScreen(this.screens, ending)
    this.goneFor = new Countdown({ ...ending, onTick: (left) => this.#tellGone(left) })
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => this.goneFor.extend(), { capture: true, passive: true })
    this.hiding = new Hide(this.screens, { onForget: () => this.end() })
    this.promise = new PromiseWatch(this.screens, this.dialogs, {
      isFree: () => this.screens.name === "start" && !this.hiding.isHidden && !this.dialogs.isOpen,
      onChange: (path) => this.end(path),
    })
    this.quiet = new QuietScreen(this.screens)
    this.asked = new AskedQuestion(this)
    this.feeling = ""
    document.addEventListener("click", (event) => this.#click(event))
    this.addEventListener("made", (event) => void this.making.begin(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("trouble", (event) => this.screens.trouble(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("withdraw", (event) => void this.#withdraw(/** @type {CustomEvent} */ (event).detail.words))
    this.addEventListener("rewrite", (event) => this.making.change(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("reread", (event) => void this.making.reread(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("delete", () => void this.#deleteMemo())
    guardTaps()
    document.body.dataset.shows = "start"
    void this.#open()
    guardHabits({ onAway: () => this.forget(), onBack: () => this.end() })
    watchIdle({
      seconds: Number(this.dataset.idleSeconds),
      dialog: this.dialogs.box("idle"),
      isBusy: () => this.screens.name === "kept" || Boolean(this.screens.element("memo-recorder")?.isBusy || this.screens.element("draft-preview")?.isBusy),
      hasSomething: () => !["start", "forgotten", "between"].includes(this.screens.name),
      onWarning: () => this.dialogs.open("idle"),
      onOver: () => this.#idleOver(),
    })
    watchWords(this.screens)
    // Firefox fills fields again after a reload, autocomplete or not.
    for (const name of ["memo-recorder", "note-field", "receipt-lookup"]) this.screens.element(name)?.reset?.()
  }

  /** Until now nothing would have come of a touch, and the page was out of sight (page.css). */
  async #open() {
    await Promise.race([letters(), sleep(LETTERS_MS)]) // without them the page would be laid out twice, and move while somebody reads
    this.inert = false
    void this.offsetHeight // laid out before anything is touched
    holdStill()
    // The sheet to draw on is large, and most visits never draw: it comes once the page can be used.
    const later = this.dataset.later ?? ""
    bring("link", { rel: "stylesheet", href: later.replace(/js$/u, "css") })
    bring("script", { type: "module", src: later })
  }

  /** Forget everything of this visit; the next one gets a new document. @param {string} [path] */
  end(path = "/") {
    this.forget()
    void openFresh(this.screens, path)
  }

  /** Nothing of the visit remains, here or at the kiosk. */
  forget() {
    this.visit += 1
    this.kept.reset()
    this.goneFor.stop()
    this.making.forget()
    this.keeper.reset()
    this.feeling = "" // chosen on the way in; it goes along with what is made of it
    this.quiet.reset()
    this.asked.reset()
    this.hiding.reset()
    for (const name of PIECES) this.screens.element(name)?.reset?.()
    this.screens.clear()
    this.dialogs.closeAll()
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button, a[data-language]") : null
    if (!(button instanceof HTMLElement)) return
    const { go, act, ask, silence, feel, dialog, language } = button.dataset
    if (language) {
      event.preventDefault()
      void this.#turnTo(language)
    } else if (dialog) this.dialogs.open(dialog)
    else if (ask) this.asked.press(button)
    else if (feel) this.#feel(feel, button.textContent?.trim() ?? "")
    else if (silence !== undefined) void this.#silence(silence || this.feeling, button)
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
    finish: () => this.end(),
    hide: () => this.#hide(),
    "read-words": () => void this.kept.read(),
    stay: () => this.kept.stay(!this.kept.isStaying),
    "take-back": () => void this.#withdraw(this.kept.words),
  }

  /** Another door, or back: what was begun is forgotten, gently. @param {string} screen */
  async #leaveFor(screen) {
    const hasWork = this.#hasWork()
    if (!(await this.#mayForget())) return
    if (hasWork && screen === "start") return this.end()
    const feeling = this.screens.name === "more" ? this.feeling : ""
    const question = screen === "start" ? "" : this.asked.current
    this.forget()
    this.asked.show(question)
    this.screens.element("draft-preview")?.expect({ feeling, question })
    this.screens.show(screen)
    if (screen === "quiet") this.quiet.begin()
  }

  /** Another language is another page: what was begun does not come along. @param {string} language */
  async #turnTo(language) {
    if (!(await this.#mayForget())) return
    this.forget()
    void openFresh(this.screens, `/?lang=${encodeURIComponent(language)}`)
  }

  #hide() {
    this.screens.element("memo-recorder")?.rest()
    this.screens.element("draft-preview")?.rest()
    this.kept.hush()
    if (this.screens.name === "start") this.dialogs.open("hiding")
    else this.hiding.hide()
  }

  /** Ask before anything is let go of; out of sight and unheard meanwhile. */
  async #mayForget() {
    this.screens.element("memo-recorder")?.rest()
    this.screens.element("draft-preview")?.rest()
    return !this.#hasWork() || this.dialogs.sure("forget")
  }

  #hasWork() {
    const { name } = this.screens
    if (name === "write") return !this.screens.element("note-field").isEmpty
    if (name === "draw") return this.screens.element("drawing-board").isEmpty === false
    if (name === "speak") return !this.screens.element("memo-recorder").isEmpty
    return ["working", "preview", "corners"].includes(name) && Boolean(this.making.made)
  }

  /** A feeling leads on: perhaps there is more to say of it. @param {string} feeling @param {string} label */
  #feel(feeling, label) {
    this.feeling = feeling
    const question = this.asked.current
    this.asked.reset() // what a hidden screen shows tells nothing
    this.asked.show(question)
    this.screens.say("feeling", label)
    this.screens.show("more")
  }

  async #deleteMemo() {
    if (await this.dialogs.sure("delete")) this.screens.element("memo-recorder").deleted()
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
        const words = await this.keeper.keep(draft, { ...preview.wish, promise: this.promise.seal }, { isOver: () => visit !== this.visit, onPause: () => visit === this.visit && preview.say("retry") })
        if (visit !== this.visit) return
        this.making.draft = null // kept: there is nothing left to forget
        this.#kept(words, preview.kind)
      } catch (problem) {
        if (visit !== this.visit) return
        preview.say("")
        if (await this.promise.accepts(problem)) return this.#keepUnderNew(problem)
        if (problem instanceof Problem && problem.status === 404) await this.making.renew()
        else this.screens.trouble(problem)
      }
    })
  }

  /** The visitor has read the new promise and goes on, unless other words are covered now. @param {unknown} problem */
  #keepUnderNew(problem) {
    this.keeper.isBusy = false
    if (problem instanceof Problem && problem.more.looks_different) return this.making.lookAgain()
    void this.#keep()
  }

  /** @param {string} feeling @param {HTMLElement} button */
  #silence(feeling, button) {
    const { visit } = this
    return this.keeper.alone([button], async () => {
      this.screens.trouble(null)
      try {
        const words = await this.keeper.silence(feeling, { isOver: () => visit !== this.visit, onPause: () => visit === this.visit && this.screens.trouble(new Problem(0, "")) })
        if (visit === this.visit) this.#kept(words, "silence")
      } catch (problem) {
        if (visit !== this.visit) return
        if (!(await this.promise.accepts(problem))) return this.screens.trouble(problem)
        this.keeper.isBusy = false
        void this.#silence(feeling, button)
      }
    })
  }

  /** @param {string} words @param {string} kind */
  #kept(words, kind) {
    this.forget()
    this.kept.show(words, kind)
  }

  async #forgetAsked() {
    if (await this.#mayForget()) this.#gone()
  }

  #gone() {
    this.forget()
    this.screens.show("forgotten")
    this.goneFor.start(FORGOTTEN_SECONDS)
  }

  /** @param {number} left seconds */
  #tellGone(left) {
    const sentence = (this.screens.part("gone-countdown").dataset.text ?? "").replace("{n}", String(left))
    this.screens.say("gone-countdown", sentence)
    if (left === FORGOTTEN_SECONDS) this.screens.say("gone-countdown-said", sentence)
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
    scrollTo(0, 0)
    // The next person gets the kiosk's own language; a start that nobody used is fresh already.
    if (this.screens.name !== "start" || this.hiding.isHidden || location.search) this.end()
  }
}

/** The letters of what is seen first, asked for before it is laid out. */
async function letters() {
  const text = [...document.querySelectorAll("header, [data-screen=start]")].map((each) => each.textContent).join("")
  const style = getComputedStyle(document.body)
  await Promise.allSettled(["--font-voice", "--font-text"].map((name) => document.fonts.load(`1em ${style.getPropertyValue(name)}`, text)))
}

/** Tried again until it comes. @param {string} tag @param {Record<string, string>} what */
function bring(tag, what) {
  const element = Object.assign(document.createElement(tag), what)
  element.addEventListener("error", () => setTimeout(() => bring(tag, what), AGAIN_MS))
  document.head.append(element)
}

customElements.define("visit-flow", VisitFlow)
