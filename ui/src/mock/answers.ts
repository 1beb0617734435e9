// Answers in the place of the shell, for looking at the screens in a browser. Never part of the product's build.
// The address chooses: ?keys=ask_passphrase (or keyring_locked)  ?table=1&desk=1  ?kiosk=1  ?practice=1  ?shift=0  ?sending=held  ?petitions=1  ?empty=1  ?backup=old  ?pin=0  ?kit_time=clock_behind  ?news=1  ?update_fault=update/old  ?computer=failing  ?practising=1  ?paused=1  ?failure=table/damaged  ?mm=5.6  ?language=es  ?codes_fault=endpoint/unreachable  ?code_fault=kit-code/used  ?no_qr=1

import { mockIPC } from '@tauri-apps/api/mocks'
import type { Commands } from '../bindings/CommandShapes'
import type { Draft } from '../bindings/Draft'
import type { Invite } from '../bindings/Invite'
import type { KitTime } from '../bindings/KitTime'
import type { MergeReport } from '../bindings/MergeReport'
import type { Mended } from '../bindings/Mended'
import type { Problem } from '../bindings/Problem'
import type { SendingState } from '../bindings/SendingState'
import type { SignOutcome } from '../bindings/SignOutcome'
import type { StartState } from '../bindings/StartState'
import * as program from './about'
import * as kits from './kits'
import { notes } from './notes'
import * as organizer from './organizer'
import * as paper from './paper'
import { ledgerAnswers } from './ledger'
import { reviewAnswers } from './review'
import { rollAnswers } from './roll'
import * as room from './room'
import * as sample from './sample'
import { other, pathOf, places, stick, upload } from './stick'
import { shiftAnswers } from './shifts'
import { kitView, news, tableHome } from './table'
import { voice } from './voice'

type Arguments = Record<string, unknown>

const asked = new URLSearchParams(location.search)
const yes = (name: string, otherwise = '0') => (asked.get(name) ?? otherwise) === '1'

const start: StartState = {
  keys: (asked.get('keys') ?? 'open') as StartState['keys'],
  table: yes('table'),
  desk: yes('desk'),
  table_open: yes('table'),
  kiosk_locked: yes('kiosk'),
}
const petitions: Invite[] = yes('petitions', '2') ? [sample.shelter] : [sample.shelter, sample.library]
const table = tableHome()
let desk = sample.deskHome()
if (asked.get('shift') === '0') table.shift = null
if (yes('paused') && table.shift) table.shift.paused_at = sample.ago(20)
if (asked.get('pin') === '0') table.has_pin = false
if (yes('news')) table.news = news()
if (asked.has('update_fault')) table.update_fault = asked.get('update_fault')
if (asked.has('kit_time')) table.kit_time = asked.get('kit_time') as KitTime
if (asked.has('sending')) table.sending = { state: asked.get('sending') as SendingState, next_try_at: null }
if (asked.get('computer') === 'failing') {
  table.clock_off = 4500
}
if (yes('empty')) {
  desk = { ...desk, petitions: [], tables: [], merged_at: null }
  kits.empty()
}
if (asked.get('backup') === 'old') {
  desk.backup.is_current = false
  desk.backup.files = desk.backup.files.slice(1)
}
let pinTries = 0
let keyboard = false
/** In pixels, on a laptop of 13.3 inches. */
const millimetre = Number(asked.get('mm') ?? 1280 / 286)
let muted = false
const RESET_CODE = 'X815-RA5Y-7D9W-E9Z5'

const report: MergeReport = {
  new_entries: 58,
  known_entries: 333,
  new_signatures: 56,
  set_aside: 0,
  endpoint: 'reached',
  tally_published: true,
  tally_failed: null,
  held: 1,
  ended_early: null,
  not_tried: 0,
  waiting: [{ name: 't8-1-90-120-5f2c0a17.batch', missing: 12 }],
  refused: [
    {
      name: 'table-7-000041.batch',
      code: 'batch/changed',
    },
  ],
}

export function answerCommands(): void {
  mockIPC((command, payload) => answer(command, (payload ?? {}) as Arguments), { shouldMockEvents: true })
}

/** Every command's answer; the compiler finds one that is missing. */
const answers: {
  [Name in keyof Commands]: (
    given: Commands[Name]['given'],
  ) => Commands[Name]['answer'] | Promise<Commands[Name]['answer']>
} = {
  start_state: () => {
    if (asked.has('failure')) throw failure(asked.get('failure') ?? '')
    return { ...start }
  },
  language: () => asked.get('language'),
  choose_language: () => null,
  unlock: (given) => {
    if (given.passphrase.length < 10) throw failure('vault/wrong-passphrase')
    return Object.assign(start, { keys: 'open' }) && { ...start }
  },
  open_kit: (given) => {
    if (asked.has('code_fault')) throw failure(asked.get('code_fault') ?? '')
    if (!given.text.toLowerCase().includes('kit')) throw failure('kit/not-a-kit')
    return Object.assign(start, { table: true }) && { ...start }
  },
  find_kit_code: () => (asked.has('no_qr') ? null : kits.CODE),
  new_campaign: () => Object.assign(start, { desk: true }) && { ...start },
  choose_backup: () => '/media/dee/KINGSTON/undersigned-b3f1a0c2.backup',
  restore_campaign: (given) => {
    if (given.passphrase.length < 10) throw failure('desk/backup-passphrase')
    return Object.assign(start, { desk: true }) && { ...start }
  },
  about: () => ({
    version: '0.1.0',
    licence: 'MIT OR Apache-2.0',
    folder: '/home/dee/.local/share/org.undersigned.desktop',
    log: '/home/dee/.local/share/org.undersigned.desktop/log/undersigned.log',
  }),
  licences: () => program.licences,
  diagnostics: () => program.diagnostics,
  save_diagnostics: (given) => `${pathOf(given.folder)}/undersigned-diagnostics.txt`,
  stop_merge: () => null,
  kiosk_locked: () => start.kiosk_locked,
  end_program: () => null,
  save_places: () => places,
  choose_folder: () => other,
  screen: () => ({ pixels_per_mm: millimetre, known: 'assumed' as const }),
  set_screen: (given) => ({ pixels_per_mm: given.pixelsPerMm ?? millimetre, known: 'measured' as const }),
  kiosk_home: () => ({
    petitions: petitions.map((invite) => ({ ...invite })),
    cleared: false,
    keyboard,
    pixels_per_mm: millimetre,
    muted,
    practice: yes('practice'),
  }),
  kiosk_petition: (given) => page(given.petition),
  check: (given) => ({ problems: problems(given.draft), mended: mended(given.draft) }),
  sign: (given) => sign(given.draft, given.passWarnings, given.visit),
  begin_visit: () => null,
  end_visit: () => null,
  forget_visit: () => null,
  fresh_page: () => null,
  show_keyboard: (given) => {
    keyboard = given.shown
    return null
  },
  mute_sounds: (given) => {
    muted = given.muted
    return null
  },
  ...voice,
  send_now: () => null,
  hand_to_signers: () => {
    if (!table.shift) throw failure('table/no-shift')
    if (!table.has_pin) throw failure('table/no-pin')
    return null
  },
  practise: () => {
    if (table.shift) throw failure('table/shift-runs')
    return null
  },
  new_generation: () => null,
  newest: () =>
    Array.from({ length: 12 }, (_, at) => ({
      generation: 1,
      index: 142 - at,
      petition: (petitions[at % petitions.length] ?? petitions[0])!.petition,
      saved_at: sample.ago(4 * at + 1),
      is_struck: at === 2,
    })),
  strike: () => null,
  pause_sending: () => {
    if (table.sending) table.sending = { state: 'paused', next_try_at: null }
    return null
  },
  set_pin: (given) => {
    if (given.pin.length < 6) throw failure('table/pin-shape')
    table.has_pin = true
    return null
  },
  reset_pin: (given) => {
    if (given.pin.length < 6) throw failure('table/pin-shape')
    return given.code === RESET_CODE ? { outcome: 'opened' } : { outcome: 'wrong', wait_seconds: 2 ** pinTries++ }
  },
  take_back: (given) =>
    given.pin === '246813' ? { outcome: 'opened' } : { outcome: 'wrong', wait_seconds: 2 ** pinTries++ },
  table_home: () => ({ ...table }),
  computer: () =>
    asked.get('computer') === 'failing'
      ? { room: 'none', room_mib: 12, charge: 'little', charge_percent: 14 }
      : { room: 'enough', room_mib: 41_000, charge: 'enough', charge_percent: 64 },
  ...shiftAnswers(table, asked, pathOf),
  paper_page: () => paper.page(table.shift),
  open_sheet: (given) => paper.open(given.heading),
  set_line: (given) => paper.setLine(given.number, given.line),
  close_sheet: (given) => paper.close(given.end),
  drop_sheet: () => paper.drop(),
  add_picture: () => paper.addPicture(),
  typed_picture: () => paper.PICTURE,
  remove_picture: (given) => paper.removePicture(given.number),
  hand_carry: () => ({
    files: ['table-4-000112.batch'],
    signatures: table.waiting,
    left_out: 0,
    erased: 0,
    nothing: null,
  }),
  look_at_stick: () => stick(),
  upload_stick: () => upload(),
  room: () => room.now(),
  make_room: (given) => room.make(given.progress),
  recover_table: () => ({ ...start, table_open: true }),
  recovery_words: () => sample.recoveryWords(),
  kit_info: () => kitView(desk, petitions),
  read_news: () => {
    table.news = []
    return null
  },
  table_notes: () => notes(),
  sheet_picture: () => paper.PICTURE,
  sheet_lines: () => sample.sheetLines,
  save_picture: (given) => `${pathOf(given.folder)}/undersigned-sheet-9f86d081884c7d65.jpg`,
  desk_home: () => ({ ...desk }),
  confirm_table: () => ({ ...desk }),
  check_petition: (given) => {
    return given.source.includes('title:')
      ? { outcome: 'good', page: sample.shelterPage() }
      : {
          outcome: 'bad',
          problems: [
            { line: 1, code: 'petition/no-settings', about: null },
            { line: null, code: 'petition/missing-setting', about: 'title' },
          ],
        }
  },
  add_petition: () => (desk = sample.deskHome()),
  correct_petition: (given) => (desk = organizer.changed(desk, given.petition, { correct: true })),
  end_petition: (given) => (desk = organizer.changed(desk, given.petition, { ended: given.ended })),
  publish_update: () => (desk = organizer.published(desk)),
  list_kits: () => kits.list(),
  move_kit: (given) => kits.moved(given.kit, given.days),
  make_kit_with_code: (given) => kits.make(given),
  kit_code: () => kits.code(),
  exchange_codes: () => {
    if (asked.has('codes_fault')) throw failure(asked.get('codes_fault') ?? '')
    return kits.exchanged()
  },
  revoke_kit: (given) => kits.revoked(given.kit),
  print_kit_code: () => null,
  pin_reset_code: () => RESET_CODE,
  make_kit: (given) => {
    kits.make(given)
    return `${pathOf(given.folder)}/${given.label.toLowerCase().replaceAll(' ', '-')}.kit`
  },
  choose_batches: () => ['t4'],
  merge_now: () => report,
  merge_files: () => report,
  ...ledgerAnswers,
  ...reviewAnswers,
  ...rollAnswers,
  write_backup: (given) => {
    desk = {
      ...desk,
      backup: {
        is_current: true,
        files: [
          ...desk.backup.files,
          {
            path: `${pathOf(given.folder)}/undersigned-b3f1a0c2.backup`,
            written_at: sample.ago(0),
            is_current: true,
            is_there: true,
            failure: null,
          },
        ],
      },
    }
    return { ...desk }
  },
  set_backup_passphrase: (given) => {
    if (given.passphrase.length < 10) throw failure('desk/passphrase-short')
    return { ...desk }
  },
  export_csv: (given) => `${pathOf(given.folder)}/ledger.csv`,
}

async function answer(command: string, given: Arguments): Promise<unknown> {
  await new Promise((resolve) => setTimeout(resolve, 30))
  return answers[command as keyof Commands](given as never)
}

const failure = (code: string) => ({ code, detail: 'an answer without a shell' })
const page = (petition: string) => (petition === sample.library.petition ? sample.libraryPage() : sample.shelterPage())

function problems(draft: Draft): Problem[] {
  const found: Problem[] = []
  if (draft.full_name.trim() === '') found.push({ field: 'full_name', code: 'missing', severity: 'error' })
  if (draft.full_name === '?') found.push({ field: 'full_name', code: 'no_letters', severity: 'warning' })
  if (draft.email.endsWith('@')) found.push({ field: 'email', code: 'email_no_domain', severity: 'error' })
  if (draft.phone === '911') found.push({ field: 'phone', code: 'phone_shape', severity: 'warning' })
  return found
}

/** A few of the things that the table mends. */
function mended(draft: Draft): Mended[] {
  const forms: Mended[] = [
    { field: 'full_name', kept: draft.full_name.normalize('NFKC') },
    { field: 'email', kept: draft.email.normalize('NFKC') },
    { field: 'phone', kept: draft.phone.replace(/^\(?(206)\)?[ -]?(\d{3})[ -]?(\d{4})$/, '+1 $1-$2-$3') },
  ]
  return forms.filter(({ field, kept }) => kept !== draft[field as 'full_name'])
}

const visit = { id: '', signed: [] as string[] }

function sign(draft: Draft, passWarnings: boolean, visitId: string): SignOutcome {
  if (visit.id !== visitId) Object.assign(visit, { id: visitId, signed: [] })
  const found = problems(draft)
  if (found.some((problem) => problem.severity === 'error') || (found.length > 0 && !passWarnings))
    return { outcome: 'problems', problems: found, mended: mended(draft) }
  const invite = petitions.find((invite) => invite.petition === draft.petition)
  if (!invite) throw failure('table/no-petition')
  if (!visit.signed.includes(draft.petition)) {
    visit.signed.push(draft.petition)
    invite.count += 1
    invite.progress = invite.count / invite.goal
  }
  return {
    outcome: 'saved',
    invite: { ...invite },
    withdrawal_code: 'K7Q2M9XR4T',
    withdrawal_qr: sample.qr,
    recommended: petitions.filter((other) => !visit.signed.includes(other.petition)),
  }
}
