/** Numbers of places on a sheet. */

/**
 * From a place on the screen to a place on the sheet, or beside it: a line that leaves the sheet comes back where the hand does.
 * @param {{clientX: number, clientY: number, pressure: number}} event
 * @param {{left: number, top: number, width: number, height: number}} box of the sheet, as zoomed
 * @param {{width: number, height: number}} sheet @returns {[number, number, number]} with its pressure
 */
export function place(event, box, sheet) {
  const x = ((event.clientX - box.left) / box.width) * sheet.width
  const y = ((event.clientY - box.top) / box.height) * sheet.height
  return [x, y, clamp(event.pressure || 0.5, 0, 1)]
}

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high)
}
