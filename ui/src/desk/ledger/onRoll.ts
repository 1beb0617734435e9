// What differs between a signature and an entry of the roll, by codes of the look-up.

const DIFFERENCES = [
  'nickname',
  'initial',
  'middle-name',
  'reversed',
  'slip',
  'family-part',
  'family',
  'address',
  'no-address',
  'generation',
  'birth',
  'several',
] as const
export type Difference = (typeof DIFFERENCES)[number]
export const isDifference = (code: string): code is Difference => (DIFFERENCES as readonly string[]).includes(code)
