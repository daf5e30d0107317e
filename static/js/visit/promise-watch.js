/**
 * Holds the page to the promise that it shows. Its seal goes along with every call; where another promise is open
 * now, the visitor reads that one before anything is kept, and a page that nobody uses opens anew.
 */
import { call, sentAlways } from "../parts/api.js"

const LOOK_MS = 15_000

/** @typedef {{seal: string, title?: string, questions?: string[], sentences?: string[]}} Promised */

export class PromiseWatch {
  /**
   * @param {import("./screens.js").Screens} screens @param {import("./dialogs.js").Dialogs} dialogs
   * @param {{isFree: () => boolean, onChange: (path: string) => void}} options
   */
  constructor(screens, dialogs, { isFree, onChange }) {
    this.screens = screens
    this.dialogs = dialogs
    this.isFree = isFree
    this.onChange = onChange
    this.seal = screens.root.dataset.promise ?? ""
    setInterval(() => void this.#look(), LOOK_MS)
  }

  /** @param {string} seal */
  set seal(seal) {
    sentAlways["X-Promise"] = seal
  }

  get seal() {
    return sentAlways["X-Promise"] ?? ""
  }

  /**
   * Whether the visitor goes on under what is promised now.
   * @param {unknown} problem @returns {Promise<boolean>}
   */
  async accepts(problem) {
    const promised = /** @type {{more?: {promise?: Promised}}} */ (problem)?.more?.promise
    if (!promised?.seal) return false
    const lines = (promised.sentences ?? []).map((sentence) => element("li", sentence))
    this.screens.part("new-promise").replaceChildren(...lines)
    if (!(await this.dialogs.ask("changed"))) return false
    this.seal = promised.seal
    this.screens.element("draft-preview").ask(promised.questions ?? [])
    return true
  }

  async #look() {
    if (!this.isFree()) return
    try {
      const { seal } = await call("GET", "/api/promise")
      if (seal === this.seal || !this.isFree()) return
      const isSameGathering = seal.split(".")[0] === this.seal.split(".")[0]
      this.onChange(isSameGathering ? "/?changed=1" : "/")
    } catch {
      // The kiosk is away; whoever makes something now is told.
    }
  }
}

/** @param {string} name @param {string} text */
function element(name, text) {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
