/**
 * Improves the reader: links and forms with data-turn put the next item in the place of this one,
 * instead of loading a whole page. The server's pages are the same either way.
 *
 * Only one turn at a time: a key pressed while the next item is on its way would decide about an item
 * that nobody has seen yet. For the same reason the second click of a double click does nothing.
 */
const PARTS = ["#where", ".desk-said", ".reader__body", ".reader__beside"]
let isTurning = false
/** @type {(() => void) | null} What was wanted of the list meanwhile: a search is about no item, so it waits its turn. */
let afterwards = null

/**
 * A field that somebody has begun to type into while the answer was on its way.
 * @param {Element | null} startedIn
 */
function fieldInUse(startedIn) {
  const active = document.activeElement
  const isField = active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement
  return isField && active !== startedIn ? active : null
}

/**
 * @param {Document} page
 * @param {Element | null} startedIn
 */
function show(page, startedIn) {
  const field = fieldInUse(startedIn)
  const pairs = PARTS.map((part) => [document.querySelector(part), page.querySelector(part)])
  if (pairs.every(([old, fresh]) => old && fresh)) {
    for (const [old, fresh] of pairs) {
      if (old && fresh && !(field && old.matches(".reader__beside") && old.contains(field))) {
        old.replaceChildren(...fresh.childNodes)
      }
    }
  } else {
    document.querySelector("main")?.replaceChildren(...(page.querySelector("main")?.childNodes ?? []))
  }
  document.title = page.title
  if (field?.isConnected) return void document.dispatchEvent(new Event("desk-turned"))
  // Whoever was typing into what is gone goes on typing for a moment: no letter of that is a command.
  if (field) document.dispatchEvent(new Event("desk-hush"))
  const heading = document.querySelector("main h1")
  if (heading instanceof HTMLElement) {
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    scrollTo(0, 0)
  }
  document.dispatchEvent(new Event("desk-turned"))
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 * @param {boolean} [isBack]
 */
async function turn(url, options = {}, isBack = false) {
  if (isTurning) return
  isTurning = true
  const startedIn = document.activeElement
  document.dispatchEvent(new Event("desk-leaving"))
  try {
    const answer = await fetch(url, { ...options, headers: { Accept: "text/html" } })
    const isReader = new URL(answer.url).pathname.includes("/gatherings/")
    if (!isReader || !answer.headers.get("Content-Type")?.startsWith("text/html")) {
      location.assign(answer.url)
      return
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    if (!isBack && answer.url !== location.href && answer.ok) history.pushState(null, "", answer.url)
    show(page, startedIn)
  } catch {
    location.assign(options.method ? location.href : url)
  } finally {
    isTurning = false
    const next = afterwards
    afterwards = null
    next?.()
  }
}

addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null
  if (event.detail > 1 && target?.closest("form[data-turn] button")) event.preventDefault()
  if (target?.closest("[aria-disabled=true]")) event.preventDefault()
  if (isTurning && target?.closest(".reader__body :is(a, button)")) event.preventDefault() // it is about to go
  const link = target?.closest("a[data-turn]")
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  turn(link.href)
})

addEventListener("submit", (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.dataset.turn === undefined) return
  event.preventDefault()
  const isOfList = form.closest(".reader__beside") !== null
  if (isTurning && !isOfList) return // and what was typed into it stays unsaved, to be offered again
  const fields = new FormData(form, event.submitter)
  const body = new URLSearchParams()
  for (const [name, value] of fields) if (typeof value === "string") body.append(name, value)
  form.dispatchEvent(new Event("desk-sent", { bubbles: true }))
  const go = () => void turn(form.action, { method: "POST", body })
  if (isTurning) afterwards = go
  else go()
})

addEventListener("popstate", () => turn(location.href, {}, true))
