/**
 * A form with data-once is sent a single time: a second touch while the kiosk works on the first
 * would replace its answer, and some answers, such as the recovery code, are given once.
 */
addEventListener("submit", (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.dataset.once === undefined) return
  if (form.dataset.once === "sent") return event.preventDefault()
  form.dataset.once = "sent"
  event.submitter?.setAttribute("aria-busy", "true")
})

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.setAttribute("data-once", "")
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy")
  }
})
