/**
 * Keeps what is typed into fields with data-unsaved until it is kept for good: once a minute while
 * somebody types, which also keeps the desk awake, and before the page is left or the desk is locked.
 * The words go to this kiosk alone, which seals them in its memory for whoever typed them.
 */
const BEAT_MS = 60_000
/** @type {Map<string, string>} */
const dirty = new Map()

/** @param {EventTarget | null} target */
function fieldOf(target) {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isField && target.dataset.unsaved ? target : null
}

function send() {
  const token = document.querySelector("input[name=form_token]")
  if (!(token instanceof HTMLInputElement)) return Promise.resolve([])
  const all = [...dirty].map(([place, words]) => {
    const body = new URLSearchParams({ form_token: token.value, place, words })
    return fetch("/review/unsaved", { method: "POST", body, keepalive: true }).catch(() => null)
  })
  dirty.clear()
  return Promise.all(all)
}

addEventListener("input", (event) => {
  const field = fieldOf(event.target)
  if (field) dirty.set(field.dataset.unsaved ?? "", field.value === field.defaultValue ? "" : field.value)
})
addEventListener("desk-sent", (event) => {
  if (!(event.target instanceof Element)) return
  for (const field of event.target.querySelectorAll("[data-unsaved]")) dirty.delete(fieldOf(field)?.dataset.unsaved ?? "")
})
addEventListener("submit", async (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement)) return
  for (const field of form.querySelectorAll("[data-unsaved]")) dirty.delete(fieldOf(field)?.dataset.unsaved ?? "")
  if (!dirty.size || event.defaultPrevented || form.dataset.turn !== undefined) return
  event.preventDefault() // such as Lock: the words first, or nobody could seal them any more
  await send()
  form.submit()
})
document.addEventListener("desk-leaving", () => send())
document.addEventListener("desk-locking", () => send())
addEventListener("pagehide", () => send())
setInterval(() => dirty.size && send(), BEAT_MS)
