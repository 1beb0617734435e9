// A petition in a language that was chosen: its translation, or its own text where it has none.

import type { Invite } from '../bindings/Invite'
import type { InviteText } from '../bindings/InviteText'
import type { PetitionPage } from '../bindings/PetitionPage'
import { wordsIn } from '../words/languages'

/** Of texts, the original first: the one in a language by its tag, else one in the same language as far as words go, else the original. */
function textIn<Text extends { language: string }>(original: Text, translations: Text[], tag: string): Text {
  const texts = [original, ...translations]
  const words = wordsIn(tag)
  return (
    texts.find((text) => text.language.toLowerCase() === tag.toLowerCase()) ??
    texts.find((text) => words && wordsIn(text.language) === words) ??
    original
  )
}

/** An invitation with the words of a language. */
export function inviteIn(invite: Invite, tag: string): Invite {
  const { language, title, started_by, addressed_to, milestone_note } = textIn<InviteText>(
    invite,
    invite.translations,
    tag,
  )
  return { ...invite, language, title, started_by, addressed_to, milestone_note }
}

/** A page with the text of a language. */
export function pageIn(page: PetitionPage, tag: string): PetitionPage {
  return { ...page, invite: inviteIn(page.invite, tag), text: textIn(page.text, page.translations, tag) }
}
