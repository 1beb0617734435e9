// The sample petition's texts: its own, and its translations.

import type { Block } from '../bindings/Block'
import type { Inline } from '../bindings/Inline'
import type { InviteText } from '../bindings/InviteText'
import type { PageText } from '../bindings/PageText'

/** "Text (1), text" → runs of text and references. */
function inlines(text: string): Inline[] {
  return text
    .split(/(\(\d+\))/)
    .filter(Boolean)
    .map((part): Inline => {
      const number = /^\((\d+)\)$/.exec(part)?.[1]
      return number ? { kind: 'reference', number: Number(number) } : { kind: 'text', text: part }
    })
}
const paragraph = (text: string): Block => ({ kind: 'paragraph', inlines: inlines(text) })

export const shelterText = (): PageText => ({
  language: 'en',
  hash: '00',
  body: [
    paragraph(
      'More than four hundred people wait at the corner of Rainier Avenue South and South Othello Street every working day. There is a pole, a timetable and a bench. There is no roof, and from October to March it rains on one day in two (1).',
    ),
    paragraph(
      'The county’s own plan lists the stop among the twenty that need a shelter most (2). It has done so since the plan was first written. A shelter costs less than the county spends on a single replacement bus in two months (3).',
    ),
    { kind: 'heading', level: 2, inlines: inlines('Who waits there') },
    paragraph(
      'Pupils of two schools, nurses before the early shift, and many who are old or who cannot stand for long. A winter of waiting in the rain is a reason to stay at home, or to drive (1).',
    ),
    {
      kind: 'quote',
      inlines: inlines('I have missed the bus more than once because I was sheltering across the road.'),
    },
    {
      kind: 'list',
      ordered: false,
      start: 1,
      items: [
        inlines('a roof with two walls, and light'),
        inlines('a bench with room for a wheelchair beside it'),
        inlines('the next departures on a board that can also be heard'),
      ],
    },
    paragraph('We ask King County Metro to build the shelter before the next winter, and to say in public by when.'),
  ],
  references_heading: 'References',
  references: [
    { number: 1, inlines: inlines('“Days with rain by month, 1991 to 2020”, National Weather Service') },
    { number: 2, inlines: inlines('“Passenger facilities plan”, King County Metro') },
    { number: 3, inlines: inlines('“Adopted budget, transit capital”, King County') },
  ],
  choices: {},
})

const spanish = {
  language: 'es',
  title: 'Una marquesina en la avenida Rainier, antes del próximo invierno',
}
const arabic = { language: 'ar', title: 'مظلة لموقف الحافلات في شارع رينيير قبل الشتاء القادم' }

/** Names are the same in every language, as the organizer wrote them. */
export const shelterInvites = (): InviteText[] => [
  {
    ...spanish,
    started_by: 'Rainier Riders',
    addressed_to: 'King County Metro',
    milestone_note: 'Con 100 firmas, es más probable que esta petición aparezca entre las recomendadas.',
  },
  {
    ...arabic,
    started_by: 'Rainier Riders',
    addressed_to: 'King County Metro',
    milestone_note: 'عند بلوغ 100 توقيع يزداد احتمال ظهور هذه العريضة بين العرائض الموصى بها.',
  },
]

export const shelterTranslations = (): PageText[] => [
  {
    language: spanish.language,
    hash: '01',
    body: [
      paragraph(
        'Más de cuatrocientas personas esperan cada día laborable en la esquina de Rainier Avenue South y South Othello Street. Hay un poste, un horario y un banco. No hay techo, y de octubre a marzo llueve uno de cada dos días (1).',
      ),
      paragraph('Pedimos a King County Metro que construya la marquesina antes del próximo invierno.'),
    ],
    references_heading: 'Referencias',
    references: [{ number: 1, inlines: inlines('«Days with rain by month, 1991 to 2020», National Weather Service') }],
    choices: {},
  },
  {
    language: arabic.language,
    hash: '02',
    body: [
      paragraph(
        'ينتظر أكثر من أربعمئة شخص كل يوم عمل عند تقاطع Rainier Avenue South و South Othello Street. هناك عمود وجدول مواعيد ومقعد، ولا سقف، ومن أكتوبر إلى مارس تمطر يومًا من كل يومين (1).',
      ),
      paragraph('نطلب من King County Metro بناء المظلة قبل الشتاء القادم.'),
    ],
    references_heading: 'المراجع',
    references: [{ number: 1, inlines: inlines('“Days with rain by month, 1991 to 2020”, National Weather Service') }],
    choices: {},
  },
]
