/** The page that asks staff for the PIN: digits to touch, one answer, and back by itself if nobody is there. */
import { Problem, call, sleep } from "../parts/api.js"
import { IdleWatch } from "../parts/idle.js"

const ALONE_SECONDS = 30
const GONE_MS = 15_000 // by then the browser has ended, if `kiosk launch` is there
const AGAIN_MS = 2000
const form = /** @type {HTMLFormElement} */ (document.querySelector("form"))
const field = /** @type {HTMLInputElement} */ (form.querySelector("input"))
const said = /** @type {HTMLElement} */ (form.querySelector("[data-part=said]"))
const watch = new IdleWatch(ALONE_SECONDS, 0)
let isAsking = false
watch.touch(performance.now())

for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => watch.touch(performance.now()), { capture: true, passive: true })
addEventListener("contextmenu", (event) => event.preventDefault())
document.querySelector("[data-part=back]")?.addEventListener("click", (event) => {
  event.preventDefault()
  void back()
})
form.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-digit]") : null
  if (!(button instanceof HTMLElement)) return
  type(button.dataset.digit)
})
addEventListener("keydown", (event) => {
  if (/^\d$/u.test(event.key)) type(event.key)
  else if (event.key === "Backspace") type("")
})
form.addEventListener("submit", (event) => {
  event.preventDefault()
  void end()
})
const looking = setInterval(() => watch.look(performance.now()).state === "over" && void back(), 500)

/** @param {string} [digit] none: the last one goes */
function type(digit) {
  field.value = digit ? (field.value + digit).slice(0, field.maxLength) : field.value.slice(0, -1)
}

async function end() {
  if (isAsking) return
  isAsking = true
  const pin = field.value
  field.value = ""
  say(form.dataset.wait)
  try {
    await call("POST", "/exit/", { json: { pin } })
    say(form.dataset.gone)
    await sleep(GONE_MS)
    await back()
  } catch (problem) {
    say((problem instanceof Problem && problem.message) || form.dataset.silent)
    watch.touch(performance.now())
  } finally {
    isAsking = false
  }
}

/** Only once the kiosk answers: no error page of the browser ever shows. */
async function back() {
  clearInterval(looking)
  field.value = ""
  try {
    await call("GET", "/healthz")
    location.replace("/")
  } catch {
    say(form.dataset.silent)
    await sleep(AGAIN_MS)
    await back()
  }
}

/** @param {string} [sentence] */
function say(sentence = "") {
  said.textContent = sentence
}
