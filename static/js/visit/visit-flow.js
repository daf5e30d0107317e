/**
 * One visit, from the first touch to Keep or Forget: which screen is shown, and the one draft there is.
 *
 * A screen is a <section data-screen>; exactly one is visible, its heading takes the focus, the address
 * never changes. What a visitor makes lives in variables of this page and of the kiosk's memory, and
 * `forget` empties both. Pieces tell what happened by events: `made`, `trouble`, `withdraw`.
 */
import { Problem, address, call, freshKey, persist, sleep } from "../parts/api.js"
import "./draft-preview.js"
import "./drawing-board.js"
import { watchIdle } from "./idle-reset.js"
import "./memo-recorder.js"
import "./note-field.js"
import "./receipt-lookup.js"

const POLL_MS = 350
const KEPT_SECONDS = 45
const FORGOTTEN_SECONDS = 8

/** @typedef {{kind: string, body?: Blob, type?: string, finish?: () => Promise<string>, sound?: () => Blob | null, drop?: () => void, language?: string, seconds?: number, isLong?: boolean}} Made */

class VisitFlow extends HTMLElement {
  connectedCallback() {
    /** @type {string | null} */
    this.draft = null
    /** @type {Made | null} */
    this.made = null
    this.words = "" // the receipt, while its screen is open
    this.visit = 0 // grows with each reset; what began in an earlier visit must not end in this one
    this.countdown = 0
    /** @type {Map<string, string>} */
    this.keys = new Map() // of silences that are being sent: a second try must not make a second one
    this.isKeeping = false
    this.screen = "start"
    document.addEventListener("click", (event) => this.#click(event))
    this.addEventListener("made", (event) => void this.#made(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("trouble", (event) => this.#trouble(/** @type {CustomEvent} */ (event).detail))
    this.addEventListener("withdraw", (event) => void this.#withdraw(/** @type {CustomEvent} */ (event).detail.words))
    addEventListener("pagehide", () => this.reset())
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.reset()
    })
    addEventListener("contextmenu", (event) => {
      // A long press offers to save or print what is shown; in a field it offers to paste.
      if (!(event.target instanceof Element && event.target.closest("textarea, input"))) event.preventDefault()
    })
    addEventListener("dragover", (event) => event.preventDefault()) // a dropped file would replace the page
    addEventListener("drop", (event) => event.preventDefault())
    watchIdle({
      seconds: Number(this.dataset.idleSeconds),
      dialog: this.dialog("idle"),
      isBusy: () => Boolean(this.element("memo-recorder")?.isBusy || this.element("draft-preview")?.isBusy),
      hasSomething: () => this.screen !== "start" && this.screen !== "forgotten",
      onOver: () => this.#idleOver(),
    })
    setInterval(() => void this.#watchWords(), 1500)
    this.#fillAgain()
  }

  /** Forget everything of this visit and show the start. */
  reset() {
    this.forget()
    this.go("start")
  }

  /** Nothing of the visit remains, here or at the kiosk. */
  forget() {
    this.visit += 1
    clearInterval(this.countdown)
    if (this.draft) call("DELETE", `/api/drafts/${this.draft}`, { keepalive: true }).catch(() => {})
    this.made?.drop?.()
    this.draft = this.made = null
    this.words = ""
    this.keys.clear()
    this.isKeeping = false
    for (const name of ["memo-recorder", "drawing-board", "note-field", "draft-preview", "receipt-lookup"]) this.element(name)?.reset()
    for (const name of ["words", "progress", "place", "countdown"]) this.#empty(name)
    for (const dialog of this.querySelectorAll("dialog")) if (dialog.open) dialog.close()
    this.#trouble(null)
  }

  /** @param {string} screen */
  go(screen) {
    const next = this.querySelector(`[data-screen="${screen}"]`)
    if (!(next instanceof HTMLElement)) return
    for (const each of this.querySelectorAll("[data-screen]")) each.toggleAttribute("hidden", each !== next)
    this.screen = document.body.dataset.shows = screen
    this.#trouble(null)
    scrollTo(0, 0)
    const heading = next.querySelector("h2")
    if (heading) heading.focus({ preventScroll: true })
    if (screen === "write") this.element("note-field").text.focus({ preventScroll: true })
    if (screen === "receipt") this.element("receipt-lookup").input.focus({ preventScroll: true })
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const button = event.target instanceof Element ? event.target.closest("button, a[data-language]") : null
    if (!(button instanceof HTMLElement)) return
    const { go, act, silence, dialog, language } = button.dataset
    if (language) {
      event.preventDefault()
      void this.#turnTo(language)
    } else if (dialog) this.dialog(dialog).showModal()
    else if (silence) void this.#silence(silence, button)
    else if (go) void this.#leaveFor(go)
    else if (act && act in this.acts && !button.closest("memo-recorder, drawing-board") ) this.acts[act](button)
    else if (act === "leave") void this.#leaveFor("start")
  }

  /** @type {Record<string, (button: HTMLElement) => void>} */
  acts = {
    leave: () => void this.#leaveFor("start"),
    keep: () => void this.#keep(),
    forget: () => void this.#forgetAsked(),
    change: () => this.#change(),
    finish: () => this.reset(),
    stay: (button) => this.#stay(button),
    "take-back": () => void this.#withdraw(this.words),
  }

  /** Another door, or back: what was begun is forgotten, gently. @param {string} screen */
  async #leaveFor(screen) {
    if (this.#hasWork() && !(await this.#sure("forget"))) return
    this.forget()
    this.go(screen)
  }

  /** Another language is another page: what was begun does not come along. @param {string} language */
  async #turnTo(language) {
    if (this.#hasWork() && !(await this.#sure("forget"))) return
    this.forget()
    location.replace(`/?lang=${encodeURIComponent(language)}`) // replace: history never grows
  }

  #hasWork() {
    if (this.screen === "write") return this.element("note-field").text.value.length > 40
    if (this.screen === "draw") return this.element("drawing-board").sheet.marks.length > 3
    if (this.screen === "speak") return !this.element("memo-recorder").isEmpty
    return ["working", "preview"].includes(this.screen) && Boolean(this.made)
  }

  /** @param {Made} made */
  async #made(made) {
    const visit = this.visit
    const from = this.screen
    this.made = made
    this.#trouble(null)
    const done = /** @type {HTMLButtonElement | null} */ (this.querySelector(`[data-screen="${from}"] [data-act=done]`))
    const busy = made.kind === "memo" ? null : done
    try {
      if (made.kind === "memo") this.#work()
      else if (busy) {
        busy.disabled = true
        busy.setAttribute("aria-busy", "true")
        if (from === "draw") this.element("drawing-board").tell(true)
      }
      const draft = await this.#send(made)
      if (visit !== this.visit) return void call("DELETE", `/api/drafts/${draft}`, { keepalive: true }).catch(() => {})
      this.draft = draft
      await this.#follow(visit, from)
    } catch (problem) {
      if (visit !== this.visit) return
      this.#fail(from, problem)
    } finally {
      busy?.setAttribute("aria-busy", "false")
      if (from === "draw") this.element("drawing-board").tell(false)
      if (busy && visit === this.visit) busy.disabled = false // else its screen has seen to it
    }
  }

  /** @param {Made} made @returns {Promise<string>} */
  async #send(made) {
    if (made.finish) return made.finish()
    const headers = made.seconds ? { "X-Recorded-Seconds": made.seconds.toFixed(1) } : {}
    const answer = await persist(() => call("POST", address("/api/drafts", { language: made.language }), { body: made.body, type: made.type, headers }), { pauses: [700, 1500] })
    return answer.draft
  }

  #work() {
    this.go("working")
    this.the("progress").value = 0
    this.the("place").textContent = this.the("place").dataset.now ?? ""
  }

  /** Ask until the draft is ready. @param {number} visit @param {string} from */
  async #follow(visit, from) {
    for (;;) {
      const shown = await persist(() => call("GET", `/api/drafts/${this.draft}`))
      if (visit !== this.visit) return
      if (shown.state === "ready" || shown.state === "later") {
        this.element("draft-preview").show(shown, this.made?.kind === "memo" ? (this.made.sound?.() ?? null) : null, this.draft)
        this.go("preview")
        return
      }
      if (shown.state === "failed") throw new Problem(422, shown.detail ?? "")
      if (this.screen !== "working") this.#work()
      this.the("progress").value = Math.round(100 * (shown.progress ?? 0))
      const { dataset } = this.the("place")
      const sentence = shown.place > 1 ? dataset.many.replace("{n}", String(shown.place)) : shown.place === 1 ? dataset.one : dataset.now
      if (this.the("place").textContent !== sentence) this.the("place").textContent = sentence
      const isWatched = this.element("memo-recorder").wantsWords
      this.querySelector(".working__words")?.toggleAttribute("hidden", !(isWatched && shown.words_so_far))
      if (isWatched) this.the("words").textContent = shown.words_so_far ?? ""
      await sleep(POLL_MS)
      if (visit !== this.visit) return
    }
  }

  /** Back to where it was made, with everything still in place. @param {string} from @param {unknown} problem */
  #fail(from, problem) {
    const isHopeless = problem instanceof Problem && problem.status === 422
    if (this.draft) call("DELETE", `/api/drafts/${this.draft}`).catch(() => {})
    this.draft = null
    this.go(from)
    if (from === "speak") {
      if (isHopeless) this.element("memo-recorder").startOver()
      else this.element("memo-recorder").again()
    }
    this.#trouble(problem)
  }

  async #keep() {
    const visit = this.visit
    const preview = this.element("draft-preview")
    if (!this.draft || this.isKeeping) return
    this.isKeeping = true
    const button = this.querySelector('[data-screen="preview"] [data-act=keep]')
    button?.setAttribute("aria-busy", "true")
    preview.say("sealing")
    this.#trouble(null)
    try {
      const answer = await persist(() => call("POST", `/api/drafts/${this.draft}/keep`, { json: preview.wish }), { onPause: () => preview.say("retry") })
      if (visit !== this.visit) return
      this.draft = null // kept: there is nothing left to forget
      this.#kept(answer.receipt)
    } catch (problem) {
      if (visit !== this.visit) return
      if (problem instanceof Problem && problem.status === 404 && this.made) await this.#renew(visit)
      else {
        preview.say("")
        this.#trouble(problem)
      }
    } finally {
      button?.removeAttribute("aria-busy")
      if (visit === this.visit) this.isKeeping = false
    }
  }

  /** The kiosk forgot the draft, but it is still here: preview it once more. @param {number} visit */
  async #renew(visit) {
    const made = /** @type {Made} */ (this.made)
    try {
      this.draft = await this.#send(made.finish ? { kind: "memo", body: made.sound?.() ?? undefined, type: made.sound?.()?.type, language: made.language, seconds: made.seconds } : made)
      await this.#follow(visit, "preview")
      this.element("draft-preview").say("renewed")
    } catch (problem) {
      this.element("draft-preview").say("")
      this.#trouble(problem)
    }
  }

  /** @param {string} feeling @param {HTMLElement} button one touch: a second one waits for the first */
  async #silence(feeling, button) {
    if (this.isKeeping) return
    const visit = this.visit
    this.isKeeping = true
    button.setAttribute("aria-busy", "true")
    const key = this.keys.get(feeling) ?? freshKey()
    this.keys.set(feeling, key)
    this.#trouble(null)
    try {
      const answer = await persist(() => call("POST", "/api/items", { json: { kind: "silence", feeling }, headers: { "Idempotency-Key": key } }))
      if (visit === this.visit) this.#kept(answer.receipt)
    } catch (problem) {
      if (visit === this.visit) this.#trouble(problem)
    } finally {
      button.removeAttribute("aria-busy")
      if (visit === this.visit) this.isKeeping = false
    }
  }

  /** @param {string} receipt */
  #kept(receipt) {
    this.forget()
    this.words = receipt
    const list = this.querySelector(".kept__words")
    list?.replaceChildren(
      ...receipt.split(" ").flatMap((word) => {
        const slip = document.createElement("span")
        slip.className = "kept__word"
        slip.textContent = word
        return [slip, " "]
      }),
    )
    this.go("kept")
    this.#stay(null)
    this.#count(KEPT_SECONDS, "countdown")
  }

  /** @param {HTMLElement | null} button none: begin anew */
  #stay(button) {
    const stay = this.querySelector("[data-act=stay]")
    const isStaying = Boolean(button) && !this.#isStaying
    stay?.setAttribute("aria-pressed", String(isStaying))
    clearInterval(this.countdown)
    if (isStaying) this.the("countdown").textContent = this.the("countdown").dataset.stay ?? ""
    else if (button) this.#count(KEPT_SECONDS, "countdown")
  }

  get #isStaying() {
    return this.querySelector("[data-act=stay]")?.getAttribute("aria-pressed") === "true"
  }

  /** @param {number} seconds @param {string} [shownIn] */
  #count(seconds, shownIn) {
    clearInterval(this.countdown)
    let left = seconds
    const tell = () => {
      if (shownIn) this.the(shownIn).textContent = this.the(shownIn).dataset.text.replace("{n}", String(left))
    }
    tell()
    this.countdown = setInterval(() => {
      if (this.querySelector("dialog[open]")) return
      left -= 1
      if (left <= 0) this.reset()
      else tell()
    }, 1000)
  }

  async #forgetAsked() {
    if (this.made?.isLong && !(await this.#sure("forget"))) return
    this.forget()
    this.go("forgotten")
    this.#count(FORGOTTEN_SECONDS)
  }

  #change() {
    const kind = this.made?.kind
    if (this.draft) call("DELETE", `/api/drafts/${this.draft}`).catch(() => {})
    this.draft = null
    this.element("draft-preview").reset()
    this.go(kind === "drawing" ? "draw" : "write")
  }

  /** @param {string} words */
  async #withdraw(words) {
    if (!words || this.isKeeping || !(await this.#sure("withdraw"))) return
    const visit = this.visit
    const buttons = this.querySelectorAll("[data-act=take-back], [data-act=withdraw]")
    this.#trouble(null)
    this.isKeeping = true
    for (const button of buttons) button.setAttribute("aria-busy", "true")
    try {
      const found = await persist(() => call("DELETE", "/api/receipt", { json: { words } }), { pauses: [700, 1500] })
      if (found?.state === "released") {
        // Opened meanwhile: say so instead of promising that it is gone.
        if (this.screen !== "receipt") this.go("receipt")
        return this.element("receipt-lookup").show(found)
      }
      this.forget()
      this.go("forgotten")
      this.#count(FORGOTTEN_SECONDS)
    } catch (problem) {
      if (visit !== this.visit) return
      if (this.screen === "kept" && !this.#isStaying) this.#stay(this.querySelector("[data-act=stay]")) // the words are needed still
      this.#trouble(problem, "notBack")
    } finally {
      for (const button of buttons) button.removeAttribute("aria-busy")
      if (visit === this.visit) this.isKeeping = false
    }
  }

  /** @param {"forget" | "withdraw"} what @returns {Promise<boolean>} */
  #sure(what) {
    const dialog = this.dialog("sure")
    for (const each of dialog.querySelectorAll(`[data-${what}]`)) each.textContent = /** @type {HTMLElement} */ (each).dataset[what] ?? ""
    dialog.returnValue = "no"
    dialog.showModal()
    return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }))
  }

  #idleOver() {
    this.forget()
    scrollTo(0, 0)
    if (location.search) location.replace("/") // the next person gets the kiosk's own language
    else if (this.screen !== "start") this.go("start")
  }

  /** Words behind the ring, for who wants to see them while speaking. */
  async #watchWords() {
    const recorder = this.element("memo-recorder")
    if (this.screen !== "speak" || !recorder?.wantsWords || !recorder.draft) return
    try {
      const shown = await call("GET", `/api/drafts/${recorder.draft}`)
      const heard = recorder.the("heard")
      heard.textContent = shown.words_so_far ?? ""
      heard.scrollTop = heard.scrollHeight
    } catch {
      // Only a comfort; the preview will tell.
    }
  }

  /** @param {unknown} problem null: all is well @param {string} [cut] which sentence says that no answer came */
  #trouble(problem, cut = this.screen === "receipt" ? "silent" : "cut") {
    for (const notice of this.querySelectorAll(".problem")) {
      const isHere = Boolean(problem) && notice.closest("[data-screen]") === this.querySelector(`[data-screen="${this.screen}"]`)
      notice.toggleAttribute("hidden", !isHere)
      const texts = this.the("flow-texts").dataset
      const sentence = problem instanceof Problem ? problem.message || (problem.status ? texts.unclear : texts[cut]) : texts.unclear
      const place = notice.querySelector(".problem__text")
      if (place) place.textContent = isHere ? (sentence ?? "") : ""
      if (isHere) notice.scrollIntoView({ block: "nearest" })
    }
    if (problem && !(problem instanceof Problem)) console.error(problem instanceof Error ? problem.name : "trouble")
  }

  /** Firefox fills fields again after a reload, autocomplete or not. */
  #fillAgain() {
    for (const name of ["memo-recorder", "note-field", "receipt-lookup"]) this.element(name)?.reset?.()
    document.body.dataset.shows = "start"
  }

  /** @param {string} name */
  #empty(name) {
    const part = this.the(name)
    if (!part) return
    if ("value" in part) part.value = 0
    else part.textContent = ""
    for (const words of this.querySelectorAll(".kept__words")) words.textContent = ""
  }

  /** @param {string} id @returns {HTMLDialogElement} */
  dialog(id) {
    return /** @type {HTMLDialogElement} */ (this.querySelector(`#${id}`))
  }

  /** @param {string} name @returns {any} */
  element(name) {
    return this.querySelector(name)
  }

  /** @param {string} name @returns {any} the part of a screen that belongs to no element of its own */
  the(name) {
    return this.querySelector(`:scope > [data-part=${name}], [data-screen="working"] [data-part=${name}], [data-screen="kept"] [data-part=${name}]`)
  }
}

customElements.define("visit-flow", VisitFlow)
