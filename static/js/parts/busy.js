/** What is said while a sheet is read, and something more where that takes long: a page full of writing takes seconds. */
const LONG_MS = 4000
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later

/** @param {HTMLElement} busy with both sentences; none where nothing is read @param {boolean} isReading */
export function sayReading(busy, isReading) {
  clearTimeout(later)
  busy.textContent = (isReading && busy.dataset.reading) || ""
  if (isReading) later = setTimeout(() => (busy.textContent = busy.dataset.long ?? ""), LONG_MS)
}
