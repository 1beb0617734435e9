// The bytes of a file that was chosen or dropped, for the shell.

/** One more than the shell makes a picture of: it says what is too large. */
const MOST = 32 * 1024 * 1024 + 1

/** A file's bytes in base64; of a longer one no more than tells that it is. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject({ code: 'io/cannot-read', detail: reader.error?.name ?? '' })
    reader.readAsDataURL(file.slice(0, MOST))
  })
}
