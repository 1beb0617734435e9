// Every command of the shell, by name and with its types. A command that fails rejects with a `Failure`.

import { Channel, invoke } from '@tauri-apps/api/core'
import { listen, type UnlistenFn } from '@tauri-apps/api/event'
import type { About } from '../bindings/About'
import type { CarryPlace } from '../bindings/CarryPlace'
import type { CarryReport } from '../bindings/CarryReport'
import type { DeskHome } from '../bindings/DeskHome'
import type { Draft } from '../bindings/Draft'
import type { KioskHome } from '../bindings/KioskHome'
import type { KitRow } from '../bindings/KitRow'
import type { KitView } from '../bindings/KitView'
import type { LedgerPage } from '../bindings/LedgerPage'
import type { Licences } from '../bindings/Licences'
import type { MergeProgress } from '../bindings/MergeProgress'
import type { MergeReport } from '../bindings/MergeReport'
import type { PetitionCheck } from '../bindings/PetitionCheck'
import type { PetitionPage } from '../bindings/PetitionPage'
import type { PinOutcome } from '../bindings/PinOutcome'
import type { Problem } from '../bindings/Problem'
import type { ShiftReport } from '../bindings/ShiftReport'
import type { SignOutcome } from '../bindings/SignOutcome'
import type { StartState } from '../bindings/StartState'
import type { TableHome } from '../bindings/TableHome'

// Start

export const startState = () => invoke<StartState>('start_state')
/** Opens the keys; also chooses the passphrase, where none was chosen yet. */
export const unlock = (passphrase: string) => invoke<StartState>('unlock', { passphrase })
/** Sets this computer up as a table. `text` is the kit file's. */
export const openKit = (text: string, pin: string) => invoke<StartState>('open_kit', { text, pin })
/** Sets this computer up as a desk, and writes its backup into `folder`. */
export const newCampaign = (name: string, endpoint: string | null, passphrase: string, folder: string) =>
  invoke<StartState>('new_campaign', { name, endpoint, passphrase, folder })
export const savePlaces = () => invoke<CarryPlace[]>('save_places')
/** The system's folder dialog; null where it was closed. */
export const chooseFolder = () => invoke<string | null>('choose_folder')

// Kiosk

export const kioskHome = () => invoke<KioskHome>('kiosk_home')
export const kioskPetition = (petition: string) => invoke<PetitionPage>('kiosk_petition', { petition })
/** What is wrong or odd with a draft. Nothing is saved. */
export const check = (draft: Draft) => invoke<Problem[]>('check', { draft })
/** In a visit (a UUID), each petition is signed once, however often it is asked: the first signature is the answer. */
export const sign = (draft: Draft, passWarnings: boolean, visit: string) =>
  invoke<SignOutcome>('sign', { draft, passWarnings, visit })
/** What the shell may still hold of the visit that was wiped: selections, clipboards, the buffers on the way to it. */
export const forgetVisit = (padding: string) => invoke<void>('forget_visit', { padding })
/** Locks the window for signers. */
export const handToSigners = () => invoke<void>('hand_to_signers')
export const takeBack = (pin: string) => invoke<PinOutcome>('take_back', { pin })

// Table

export const tableHome = () => invoke<TableHome>('table_home')
export const startShift = (place: string, volunteer: string) => invoke<void>('start_shift', { place, volunteer })
export const endShift = () => invoke<ShiftReport>('end_shift')
export const sendNow = () => invoke<void>('send_now')
/** Writes what is not yet received into `folder`, to be carried. */
export const handCarry = (folder: string) => invoke<CarryReport>('hand_carry', { folder })
/** Sets the table's PIN; `old` is the one of now, or null where there is none. */
export const setPin = (old: string | null, pin: string) => invoke<void>('set_pin', { old, new: pin })
/** This computer was restored or copied: the table's log goes on in a generation of its own. */
export const newGeneration = () => invoke<void>('new_generation')
export const kitInfo = () => invoke<KitView>('kit_info')
/** Calls `changed` whenever the table and the kiosk have news. */
export const onTableChanged = (changed: () => void): Promise<UnlistenFn> => listen('table-changed', () => changed())

// Desk

export const deskHome = () => invoke<DeskHome>('desk_home')
/** Reads a petition's Markdown. Nothing is saved. */
export const checkPetition = (source: string) => invoke<PetitionCheck>('check_petition', { source })
export const addPetition = (source: string) => invoke<DeskHome>('add_petition', { source })
export const listKits = () => invoke<KitRow[]>('list_kits')
/** Writes a kit file into `folder` and gives its path. */
export const makeKit = (label: string, maxTables: number, days: number, folder: string) =>
  invoke<string>('make_kit', { label, maxTables, days, folder })
export const confirmTable = (table: string, generation: number, device: string) =>
  invoke<DeskHome>('confirm_table', { table, generation, device })
export const mergeNow = () => invoke<MergeReport>('merge_now')
/** The system's dialog for batch files: their paths; none where it was closed. */
export const chooseBatches = () => invoke<string[]>('choose_batches')
/** Merges batch files, and calls `progressed` after each. */
export const mergeFiles = (paths: string[], progressed: (progress: MergeProgress) => void) => {
  const progress = new Channel<MergeProgress>()
  progress.onmessage = progressed
  return invoke<MergeReport>('merge_files', { paths, progress })
}
export const ledger = (search: string, offset: number, limit: number) =>
  invoke<LedgerPage>('ledger', { search, offset, limit })
/** Writes the ledger as CSV into `folder` and gives its path. */
export const exportCsv = (folder: string) => invoke<string>('export_csv', { folder })

// Backup

/** Writes another file of the backup into `folder`, and keeps it current from now on. */
export const writeBackup = (folder: string) => invoke<DeskHome>('write_backup', { folder })
/** Chooses another passphrase, and writes every file of the backup anew. */
export const setBackupPassphrase = (passphrase: string) => invoke<DeskHome>('set_backup_passphrase', { passphrase })
/** The system's file dialog; null where it was closed. */
export const chooseBackup = () => invoke<string | null>('choose_backup')
/** Sets this computer up as the desk of a campaign that comes back from its backup. */
export const restoreCampaign = (path: string, passphrase: string) =>
  invoke<StartState>('restore_campaign', { path, passphrase })

// About

export const about = () => invoke<About>('about')
/** What others made and is a part of the program, with its licences. */
export const licences = () => invoke<Licences>('licences')
export const diagnostics = () => invoke<string>('diagnostics')
/** Writes the diagnostics into `folder` and gives the file's path. */
export const saveDiagnostics = (folder: string) => invoke<string>('save_diagnostics', { folder })
