// The voice of a computer that is looked at in a browser: it takes a second to say anything, in the languages that it has.

const SPOKEN = ['en', 'es', 'ar']
let asked = 0

export const voice = {
  spoken_languages: (given: { languages: string[] }) => given.languages.filter((tag) => SPOKEN.includes(tag)),
  say_aloud: async () => {
    const mine = ++asked
    await new Promise((resolve) => setTimeout(resolve, 1000))
    return mine === asked
  },
  hush: () => {
    asked += 1
    return null
  },
  end_speech: () => {
    asked += 1
    return null
  },
}
