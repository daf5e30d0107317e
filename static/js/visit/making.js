/** The one thing a visitor is making: sent, awaited, previewed, changed, forgotten. */
import { Problem } from "../parts/api.js"
import { follow, forgetDraft, send, sendAgain } from "./sender.js"
import { WorkingScreen } from "./working-screen.js"

export class Making {
  /** @type {string | null} */
  draft = null
  /** @type {import("./sender.js").Made | null} */
  made = null
  /** @type {string | null} the draft whose text is being put right */
  corrected = null
  round = 0 // grows when all is forgotten; what began before must not end after it

  /** @param {import("./screens.js").Screens} screens */
  constructor(screens) {
    this.screens = screens
    this.working = new WorkingScreen(screens)
  }

  /** Send it and show what would be kept; if that fails, back to where it was made. @param {import("./sender.js").Made} made */
  async begin(made) {
    const { round } = this
    const from = this.screens.name
    this.made = made
    this.screens.trouble(null)
    const done = made.kind === "memo" ? null : this.#wait(from)
    try {
      if (made.kind === "memo") this.working.begin()
      const draft = await send({ ...made, of: this.corrected ?? undefined }, this.#waiting())
      if (round !== this.round) return forgetDraft(draft)
      this.#letGo()
      this.draft = draft
      await this.#preview()
    } catch (problem) {
      if (round === this.round) this.#fail(from, problem)
    } finally {
      done?.(round === this.round)
    }
  }

  /** The kiosk forgot the draft, but it is still here: preview it once more. */
  async renew() {
    await this.lookAgain(() => sendAgain(/** @type {import("./sender.js").Made} */ (this.made), this.#waiting()))
  }

  /**
   * Something else is covered in it than its visitor has seen: preview it once more.
   * @param {() => Promise<string | null>} draft
   */
  async lookAgain(draft = async () => this.draft) {
    const { round } = this
    const preview = this.screens.element("draft-preview")
    try {
      this.draft = await draft()
      await this.#preview()
      if (round === this.round) preview.say("renewed")
    } catch (problem) {
      if (round === this.round) this.screens.trouble(problem)
    }
  }

  /** Read the recording once more, in the language that its visitor says it is in. @param {string} language */
  async reread(language) {
    const { round, made, draft } = this
    if (!made || !draft) return
    this.working.begin()
    try {
      this.draft = await sendAgain({ ...made, language, isCertain: true }, this.#waiting())
      if (round !== this.round) return forgetDraft(this.draft)
      this.made = { ...made, language, isCertain: true }
      forgetDraft(draft)
      await this.#preview()
    } catch (problem) {
      if (round !== this.round) return
      if (this.draft !== draft && this.made !== made) forgetDraft(this.draft)
      this.screens.show("preview") // as it was
      this.screens.trouble(problem)
    }
  }

  /**
   * Back to the sheet or the page, as it was; what was heard is corrected as text.
   * @param {{word: string, nth: number}} [chosen] the word that another one is written for
   */
  change(chosen) {
    const kind = this.made?.kind
    const isHeard = kind === "memo" || this.made?.as === "memo"
    if (isHeard) this.screens.element("note-field").correct(this.screens.element("draft-preview").words.text)
    this.#letGo()
    if (isHeard) this.corrected = this.draft // knows what was taken out of it
    else forgetDraft(this.draft)
    this.draft = null
    this.screens.element("draft-preview").putAway()
    this.screens.show(kind === "drawing" ? "draw" : "write")
    if (chosen) this.screens.element("note-field").select(chosen)
  }

  forget() {
    this.round += 1
    forgetDraft(this.draft)
    this.#letGo()
    this.made?.drop?.()
    this.draft = this.made = null
  }

  /** For as long as this is wanted it is tried, and said so. */
  #waiting() {
    const { round } = this
    return { isOver: () => round !== this.round, onPause: () => round === this.round && this.screens.trouble(new Problem(0, "")) }
  }

  #letGo() {
    forgetDraft(this.corrected)
    this.corrected = null
  }

  async #preview() {
    const draft = /** @type {string} */ (this.draft)
    const shown = await follow(draft, { ...this.#waiting(), onWorking: (each) => this.working.tell(each) })
    if (!shown) return
    const { round } = this
    const preview = this.screens.element("draft-preview")
    const decided = await preview.asBefore(draft, shown, this.#waiting())
    if (round !== this.round) return
    const sound = this.made?.kind === "memo" ? (this.made.sound?.() ?? null) : null
    const question = this.made?.question ?? shown.language_question
    if (this.made) this.made.question = question
    preview.show(decided, sound, draft)
    const now = this.made?.isCertain ? this.made.language : question?.choices[0].language
    this.screens.element("language-question").asked = question ? { question, now, hasSound: Boolean(sound) } : null
    this.screens.show("preview")
  }

  /** @param {string} from @param {unknown} problem */
  #fail(from, problem) {
    const isHopeless = problem instanceof Problem && problem.status === 422
    forgetDraft(this.draft)
    this.draft = null
    this.screens.show(from)
    if (from === "speak") {
      if (isHopeless) this.screens.element("memo-recorder").startOver()
      else this.screens.element("memo-recorder").again()
    }
    this.screens.trouble(problem)
  }

  /** Show on Done that the kiosk works. @param {string} from @returns {(isSame: boolean) => void} ends it */
  #wait(from) {
    const done = this.screens.root.querySelector(`[data-screen="${from}"] [data-act=done]`)
    if (!(done instanceof HTMLButtonElement)) return () => {}
    const board = from === "draw" ? this.screens.element("drawing-board") : null
    done.disabled = true
    done.setAttribute("aria-busy", "true")
    board?.tell(true)
    return (isSame) => {
      done.setAttribute("aria-busy", "false")
      board?.tell(false)
      if (from === "write") this.screens.element("note-field").look() // its text may be another one now
      else if (isSame) done.disabled = false // else its screen has seen to it
    }
  }
}
