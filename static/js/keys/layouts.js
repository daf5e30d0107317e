/**
 * Where each letter stands, language by language, and what the keys make of a text. Pure: no page, no memory.
 *
 * @typedef {{text: string, start: number, end: number}} Edit put this text in place of a range, in UTF-16
 */

/** @type {Record<string, string[]>} rows from the top; the last one stands between Shift and Delete */
export const LAYOUTS = {
  en: ["qwertyuiop", "asdfghjkl’", "zxcvbnm"],
  ar: ["أإآ،؟؛ذ", "ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"],
  de: ["qwertzuiopü", "asdfghjklöä", "yxcvbnmß"],
  es: ["áéíóúü¿¡", "qwertyuiop", "asdfghjklñ", "zxcvbnm"],
  fr: ["éèêëàâçîïôœùû", "azertyuiop", "qsdfghjklm", "wxcvbn’"],
  pl: ["ąćęłńóśźż", "qwertyuiop", "asdfghjkl", "zxcvbnm"],
}

export const SIGNS = ["1234567890", "-/:;()&@€%", "+=#*\"'’„“«»", "!?…_–"]

/** What the keys do that write nothing, as lines in a box of 24 by 24. @type {Record<string, string>} */
export const PICTURES = {
  shift: "M12 4 4 13h4v7h8v-7h4Z",
  delete: "M8 5h13v14H8L2 12ZM11 9l6 6M17 9l-6 6",
  enter: "M20 5v8H5M10 8l-5 5 5 5",
  close: "M3 3h18v10H3ZM7 6.500h0M12 6.500h0M17 6.500h0M8 10h8M8 17l4 4 4-4",
}

/** The layout after this one, in a ring. @param {string} code */
export function after(code) {
  const codes = Object.keys(LAYOUTS)
  return codes[(codes.indexOf(code) + 1) % codes.length]
}

/** The large form of a letter, always one letter. @param {string} letter @param {string} language */
export function large(letter, language) {
  if (letter === "ß") return "ẞ"
  const upper = letter.toLocaleUpperCase(language)
  return upper.length === letter.length ? upper : letter
}

/** What Delete takes: what is marked, else the letter before, with all its marks. @param {string} text @param {number} start @param {number} end @returns {Edit} */
export function deleted(text, start, end) {
  if (start !== end || !start) return { text: "", start, end }
  const before = text.slice(0, start)
  const last = "Segmenter" in Intl ? (Array.from(new Intl.Segmenter().segment(before)).at(-1)?.segment ?? "") : (Array.from(before).at(-1) ?? "")
  return { text: "", start: start - last.length, end: start }
}
