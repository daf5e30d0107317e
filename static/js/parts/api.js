/** Talks to the kiosk: raw bodies there, JSON or a problem in plain words back. */

/** What the kiosk said went wrong; `message` is a sentence for people, `status` 0 when no answer came. */
export class Problem extends Error {
  /** @param {number} status @param {string} detail @param {number} [retryAfter] seconds @param {any} [more] what else the answer held */
  constructor(status, detail, retryAfter = 0, more = null) {
    super(detail)
    this.status = status
    this.more = more
    this.retryAfter = retryAfter
  }

  /** Whether the same request may succeed a moment later. */
  get isPassing() {
    return this.status === 0 || (this.status === 503 && this.retryAfter <= 10)
  }
}

/** @type {Record<string, string>} headers of every call of this page */
export const sentAlways = {}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: BodyInit, type?: string, headers?: Record<string, string>, json?: unknown, keepalive?: boolean, signal?: AbortSignal, wantsBlob?: boolean}} [options]
 * @returns {Promise<any>} the JSON answer, or null where there is none; a Blob if that is wanted
 */
export async function call(method, path, { body, type, headers = {}, json, keepalive = false, signal, wantsBlob = false } = {}) {
  /** @type {Record<string, string>} */
  const sent = { "Accept-Language": document.documentElement.lang, ...sentAlways, ...headers }
  if (json !== undefined) {
    body = JSON.stringify(json)
    type = "application/json"
  }
  if (type) sent["Content-Type"] = type
  let answer
  try {
    answer = await fetch(path, { method, body, headers: sent, keepalive, signal, cache: "no-store", credentials: "omit" })
  } catch {
    throw new Problem(0, "")
  }
  const isJson = (answer.headers.get("Content-Type") ?? "").includes("json")
  let value = null
  try {
    value = isJson ? await answer.json() : wantsBlob && answer.ok ? await answer.blob() : null
  } catch {
    throw new Problem(0, "")
  }
  if (!answer.ok) {
    throw new Problem(answer.status, value?.detail ?? "", Number(answer.headers.get("Retry-After")) || 0, value)
  }
  return value
}

/** A text that is the same for everybody. @param {string} path @returns {Promise<string>} */
export async function text(path) {
  return (await call("GET", path, { wantsBlob: true })).text()
}

/** An address with what else is asked of it; what is empty is left out. @param {string} path @param {Record<string, string | undefined>} wishes */
export function address(path, wishes) {
  const asked = Object.entries(wishes).filter(([, value]) => value)
  return asked.length ? `${path}?${new URLSearchParams(/** @type {[string, string][]} */ (asked))}` : path
}

/**
 * Tries again while the failure is a passing one; the caller's request must be safe to repeat.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{pauses?: number[], onPause?: () => void, isOver?: () => boolean, wait?: (ms: number) => Promise<void>}} [options]
 *   isOver: with it, there is no last try, until nobody waits for it any more
 * @returns {Promise<T>}
 */
export async function persist(attempt, { pauses = [700, 1500, 3000, 5000], onPause, isOver, wait = sleep } = {}) {
  const last = pauses.at(-1) ?? 0
  for (let tries = 0; isOver ? !isOver() : tries < pauses.length; tries += 1) {
    const pause = pauses[tries] ?? last
    try {
      return await attempt()
    } catch (problem) {
      if (!(problem instanceof Problem) || !problem.isPassing) throw problem
      onPause?.()
      await wait(Math.min(Math.max(pause, problem.retryAfter * 1000), 10_000))
    }
  }
  if (isOver) throw new Problem(0, "")
  return attempt()
}

/** A fresh key for one contribution; crypto.randomUUID is absent where there is no TLS. */
export function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** @param {number} ms @returns {Promise<void>} */
export function sleep(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
