/** What a browser does by itself with a page, and must not do here. @param {{onAway: () => void, onBack: () => void}} options */
export function guardHabits({ onAway, onBack }) {
  addEventListener("pagehide", onAway)
  addEventListener("pageshow", (event) => {
    if (event.persisted) onBack() // kept aside by the browser: a new visit wants a new document
  })
  addEventListener("contextmenu", (event) => {
    // A long press offers to save or print what is shown; in a field it offers to paste.
    if (!(event.target instanceof Element && event.target.closest("textarea, input"))) event.preventDefault()
  })
  addEventListener("dragover", (event) => event.preventDefault()) // a dropped file would replace the page
  addEventListener("drop", (event) => event.preventDefault())
}
