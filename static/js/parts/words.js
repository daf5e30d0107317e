/**
 * A text as the preview shows it: words that can be struck, the gaps between them, placeholders.
 *
 * The kiosk counts code points, JavaScript counts UTF-16 units: an emoji is 1 there and 2 here.
 * Everything in this module is in UTF-16 but what `fromCodePoints` takes and `struckRanges` gives.
 *
 * @typedef {{start: number, end: number, text: string, isWord: boolean, isPlaceholder: boolean, isUnsure: boolean}} Token
 */

/**
 * Where each code point begins, with the length at the end.
 * @param {string} text @returns {number[]}
 */
export function codePointStarts(text) {
  const starts = []
  let at = 0
  for (const character of text) {
    starts.push(at)
    at += character.length
  }
  starts.push(at)
  return starts
}

/** @param {string} text @param {[number, number]} range in code points @returns {[number, number]} in UTF-16 */
export function fromCodePoints(text, [start, end]) {
  const starts = codePointStarts(text)
  const last = starts.length - 1
  return [starts[Math.min(Math.max(start, 0), last)], starts[Math.min(Math.max(end, 0), last)]]
}

/** @param {string} text @param {number} offset in UTF-16 @returns {number} in code points */
export function toCodePoint(text, offset) {
  return Array.from(text.slice(0, offset)).length
}

/** @param {string} text @returns {number} its length as the kiosk counts it */
export function codePointLength(text) {
  return Array.from(text).length
}

/**
 * Cut a text into tokens; joined again they are the text.
 * @param {string} text
 * @param {{start: number, end: number}[]} spans placeholders, code points, in order and apart
 * @param {[number, number][]} unsure code points
 * @returns {Token[]}
 */
export function tokens(text, spans = [], unsure = []) {
  const starts = codePointStarts(text)
  const at = (/** @type {number} */ point) => starts[Math.min(Math.max(point, 0), starts.length - 1)]
  const doubts = unsure.map(([start, end]) => [at(start), at(end)])
  /** @type {Token[]} */
  const result = []
  const plain = (/** @type {number} */ from, /** @type {number} */ to) => {
    for (const match of text.slice(from, to).matchAll(/\s+|\S+/gu)) {
      const start = from + match.index
      const end = start + match[0].length
      result.push({
        start,
        end,
        text: match[0],
        isWord: !/^\s/u.test(match[0]),
        isPlaceholder: false,
        isUnsure: doubts.some(([a, b]) => a < end && b > start) && !/^\s/u.test(match[0]),
      })
    }
  }
  let done = 0
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const start = Math.max(at(span.start), done)
    const end = at(span.end)
    if (end <= start) continue
    plain(done, start)
    result.push({ start, end, text: text.slice(start, end), isWord: true, isPlaceholder: true, isUnsure: false })
    done = end
  }
  plain(done, text.length)
  return result
}

/**
 * What to tell the kiosk: struck neighbours become one range, with the gap between them.
 * @param {string} text
 * @param {Token[]} all
 * @param {ReadonlySet<number>} struck indexes into `all`
 * @returns {[number, number][]} code points, in order, apart
 */
export function struckRanges(text, all, struck) {
  /** @type {[number, number][]} */
  const ranges = []
  let open = -1
  let close = -1
  const end = () => {
    if (open >= 0) ranges.push([toCodePoint(text, open), toCodePoint(text, close)])
    open = -1
  }
  all.forEach((token, index) => {
    if (!token.isWord) return
    if (!struck.has(index)) return end()
    if (open < 0) open = token.start
    close = token.end
  })
  end()
  return ranges
}
