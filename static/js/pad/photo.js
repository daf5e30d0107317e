/**
 * A photograph of a sheet, made small before it leaves the browser: it goes quicker, and what a camera notes in its file stays behind.
 */
const LARGEST_PX = 2400
const QUALITY = 0.9

/** @param {Blob} file @returns {Promise<Blob>} a JPEG; the file itself where this browser cannot open it */
export async function smallPhoto(file) {
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return file
  const scale = Math.min(1, LARGEST_PX / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((resolve) => canvas.toBlob((small) => resolve(small ?? file), "image/jpeg", QUALITY))
}
