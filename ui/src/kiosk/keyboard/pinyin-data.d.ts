// The readings of every character, which the package does not describe.
declare module 'pinyin-pro/dist/esm/data/dict1.mjs' {
  const readings: { get: (character: string) => string | undefined }
  export default readings
}
