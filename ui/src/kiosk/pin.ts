// What a PIN and the code that resets it are made of, for their keys.

/** A PIN is at most so long. */
export const PIN_MAX = 12

/** The keys of a PIN. */
export const DIGITS = '1234567890'

/** The keys of a PIN reset code: Crockford's base32. */
export const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const GROUP = /.{1,4}/g

/** A code in groups, as it is read out. */
export function grouped(code: string): string {
  return code.replaceAll(/[\s-]/g, '').match(GROUP)?.join('-') ?? ''
}
