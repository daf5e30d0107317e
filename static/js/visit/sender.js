/**
 * Brings what was made to the kiosk and waits until it can be read.
 *
 * @typedef {{kind: string, body?: Blob | (() => string), type?: string, finish?: () => Promise<string>, sound?: () => Blob | null, drop?: () => void, language?: string, isCertain?: boolean, question?: any, seconds?: number, as?: string, of?: string, corners?: string}} Made
 * @typedef {{state: string, [name: string]: any}} Shown a draft as the kiosk shows it
 */
import { Problem, address, call, persist, sleep } from "../parts/api.js"

const POLL_MS = 350

/** @typedef {{onPause: () => void, isOver: () => boolean}} Waiting what to do between two tries, and until when */

/**
 * A text is sent as it stands at each try; changed once more while it was on its way, it is sent again.
 * @param {Made} made @param {Waiting} waiting @param {typeof call} [ask] @returns {Promise<string>} the draft
 */
export async function send(made, waiting, ask = call) {
  if (made.finish) return persist(made.finish, waiting)
  const headers = made.seconds ? { "X-Recorded-Seconds": made.seconds.toFixed(1) } : {}
  const now = () => (typeof made.body === "function" ? made.body() : made.body)
  let sent = now()
  const post = () => {
    sent = now()
    return ask("POST", address("/api/drafts", { language: made.language, certain: made.isCertain ? "1" : "", as: made.as, of: made.of, corners: made.corners }), { body: sent, type: made.type, headers })
  }
  const { draft } = await persist(post, waiting)
  if (sent === now() || waiting.isOver()) return draft
  forgetDraft(draft, ask)
  return send(made, waiting, ask)
}

/** Once more, from what is still here, because the kiosk has forgotten it. @param {Made} made @param {Waiting} waiting @returns {Promise<string>} */
export function sendAgain(made, waiting) {
  if (!made.finish) return send(made, waiting)
  const sound = made.sound?.() ?? undefined
  return send({ kind: "memo", body: sound, type: sound?.type, language: made.language, isCertain: made.isCertain, seconds: made.seconds }, waiting)
}

/**
 * Ask until the draft can be read.
 * @param {string} draft @param {Waiting & {onWorking: (shown: Shown) => void}} visit
 * @returns {Promise<Shown | null>} null: the visit ended meanwhile
 */
export async function follow(draft, { isOver, onPause, onWorking }) {
  for (;;) {
    const shown = await persist(() => call("GET", `/api/drafts/${draft}`), { isOver, onPause })
    if (isOver()) return null
    if (shown.state === "ready" || shown.state === "later") return shown
    if (shown.state === "failed") throw new Problem(422, shown.detail ?? "")
    onWorking(shown)
    await sleep(POLL_MS)
    if (isOver()) return null
  }
}

/** @param {string | null} draft @param {typeof call} [ask] */
export function forgetDraft(draft, ask = call) {
  if (draft) ask("DELETE", `/api/drafts/${draft}`, { keepalive: true }).catch(() => {})
}
