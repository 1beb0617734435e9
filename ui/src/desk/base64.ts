// Bytes on their way to the shell.

/** At most so many bytes go into one call. */
const CHUNK = 0x8000

export function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += CHUNK) binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK))
  return btoa(binary)
}
