// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { About } from "./About";
import type { CarryPlace } from "./CarryPlace";
import type { CarryReport } from "./CarryReport";
import type { Computer } from "./Computer";
import type { DeskHome } from "./DeskHome";
import type { Draft } from "./Draft";
import type { EndOfShift } from "./EndOfShift";
import type { EnteredLine } from "./EnteredLine";
import type { KeptLine } from "./KeptLine";
import type { KeptPicture } from "./KeptPicture";
import type { KioskHome } from "./KioskHome";
import type { KitRow } from "./KitRow";
import type { KitView } from "./KitView";
import type { LedgerPage } from "./LedgerPage";
import type { Licences } from "./Licences";
import type { MergeProgress } from "./MergeProgress";
import type { MergeReport } from "./MergeReport";
import type { PaperPage } from "./PaperPage";
import type { PetitionCheck } from "./PetitionCheck";
import type { PetitionPage } from "./PetitionPage";
import type { PinOutcome } from "./PinOutcome";
import type { Problem } from "./Problem";
import type { Room } from "./Room";
import type { RoomMade } from "./RoomMade";
import type { SavedPlace } from "./SavedPlace";
import type { SheetClosed } from "./SheetClosed";
import type { SheetEnd } from "./SheetEnd";
import type { SheetHeading } from "./SheetHeading";
import type { SheetLine } from "./SheetLine";
import type { SignOutcome } from "./SignOutcome";
import type { StartState } from "./StartState";
import type { StickFile } from "./StickFile";
import type { StrikeReason } from "./StrikeReason";
import type { TableHome } from "./TableHome";
import type { TableNote } from "./TableNote";
import type { UploadedFile } from "./UploadedFile";

/** What this computer is set up for, and whether its keys are open. */
export const startState = () => invoke<StartState>("start_state");

/** Opens the keys by a passphrase; also chooses it, where none was chosen yet. */
export const unlock = (passphrase: string) => invoke<StartState>("unlock", { passphrase });

/** Opens the table by its recovery words, and keeps its keys again. */
export const recoverTable = (words: string) => invoke<StartState>("recover_table", { words });

/** The table's petitions, recommended first. */
export const kioskHome = () => invoke<KioskHome>("kiosk_home");

/** A petition whole. The table makes ready for a signature. */
export const kioskPetition = (petition: string) => invoke<PetitionPage>("kiosk_petition", { petition });

/** What is wrong or odd with a draft. Nothing is saved. */
export const check = (draft: Draft) => invoke<Array<Problem>>("check", { draft });

/**
 * Signs: answers `saved` only once it is durable. In a visit (a UUID), each petition is signed once, however often it is
 * asked: what is asked again is answered by the same signature.
 */
export const sign = (draft: Draft, passWarnings: boolean, visit: string) => invoke<SignOutcome>("sign", { draft, passWarnings, visit });

/** A visit ends: it is counted in the shift by how it ended. In practice nothing is counted. */
export const endVisit = (byIdling: boolean) => invoke<void>("end_visit", { byIdling });

/**
 * After a visit: what was selected or copied in it is gone.
 *
 * `padding` is as long as a message between the page and the shell may be: it takes the place of what was signed in
 * the buffers on the way.
 */
export const forgetVisit = (padding: string) => invoke<void>("forget_visit", { padding });

/** Ends the page in which a visit was, with all of its memory, and shows a fresh one. Nothing runs in the page after it. */
export const freshPage = () => invoke<void>("fresh_page");

/** Shows the keyboard on the screen from now on, or no more. */
export const showKeyboard = (shown: boolean) => invoke<void>("show_keyboard", { shown });

/** Gives the window back to the volunteer, for the PIN. */
export const takeBack = (pin: string) => invoke<PinOutcome>("take_back", { pin });

/** Sets a new PIN for the PIN reset code of the table's kit, and gives the window back to the volunteer. */
export const resetPin = (code: string, pin: string) => invoke<PinOutcome>("reset_pin", { code, pin });

/** Whether the kiosk is open, whatever else cannot be. */
export const kioskLocked = () => invoke<boolean>("kiosk_locked");

/** Ends the program where its table cannot be opened. A kiosk stays locked: it is at the next start. */
export const endProgram = () => invoke<void>("end_program");

/** Sets this computer up as a table. `text` is the kit file's. */
export const openKit = (text: string, pin: string) => invoke<StartState>("open_kit", { text, pin });

/** Sets this computer up as a desk: a new campaign, and its backup file in a folder, by its token. Goes on where it stopped before. */
export const newCampaign = (name: string, endpoint: string | null, passphrase: string, folder: string) => invoke<StartState>("new_campaign", { name, endpoint, passphrase, folder });

/** Asks for a backup in the system's own dialog; none where it was closed. */
export const chooseBackup = () => invoke<string | null>("choose_backup");

/** Sets this computer up as the desk of a campaign that comes back from its backup. */
export const restoreCampaign = (path: string, passphrase: string) => invoke<StartState>("restore_campaign", { path, passphrase });

/** Where files can be written: sticks first, then the person's own folders. */
export const savePlaces = () => invoke<Array<CarryPlace>>("save_places");

/** Asks for a folder in the system's own dialog; none where it was closed. */
export const chooseFolder = () => invoke<CarryPlace | null>("choose_folder");

/**
 * Locks the window as a kiosk, and closes the desk. There must be a shift, and a PIN to take it back with. Where it fails, all is
 * as it was.
 */
export const handToSigners = () => invoke<void>("hand_to_signers");

/**
 * Locks the window as a kiosk in which nothing is saved, sealed or counted: the volunteer rehearses. There must be no shift, and a
 * PIN to take it back with.
 */
export const practise = () => invoke<void>("practise");

/** Everything on the table screen. */
export const tableHome = () => invoke<TableHome>("table_home");

/** What may end a shift early. It is asked for by itself: a battery may take its time to answer, and brings no news of its own. */
export const computer = () => invoke<Computer>("computer");

/** Starts a shift. What the table shows then is asked for by itself: a shift that runs is never told as a failure. */
export const startShift = (place: string, volunteer: string) => invoke<void>("start_shift", { place, volunteer });

/** Ends the shift. */
export const endShift = () => invoke<EndOfShift>("end_shift");

/** The newest signatures of the running shift, by their places in the log. */
export const newest = () => invoke<Array<SavedPlace>>("newest");

/** Tells the organizer, under seal, that a signature of the running shift was plainly no one's. Nothing is removed. */
export const strike = (generation: number, index: number, reason: StrikeReason, words: string) => invoke<void>("strike", { generation, index, reason, words });

/** Tries to send at once. */
export const sendNow = () => invoke<void>("send_now");

/** Sends nothing until it is asked to send. */
export const pauseSending = () => invoke<void>("pause_sending");

/** Goes on in a new generation of the log, by the volunteer's word that this computer was restored or copied. */
export const newGeneration = () => invoke<void>("new_generation");

/** The page of paper sheets. */
export const paperPage = () => invoke<PaperPage>("paper_page");

/** Begins a sheet. */
export const openSheet = (heading: SheetHeading) => invoke<void>("open_sheet", { heading });

/** Keeps a line of the sheet that is being typed, until the sheet is closed. */
export const setLine = (number: number, line: SheetLine) => invoke<KeptLine>("set_line", { number, line });

/** Seals the sheet that is being typed, whole. */
export const closeSheet = (end: SheetEnd) => invoke<SheetClosed>("close_sheet", { end });

/** Forgets the sheet that is being typed. */
export const dropSheet = () => invoke<void>("drop_sheet");

/** Keeps a picture of the sheet that is being typed, of a file's bytes as base64. */
export const addPicture = (file: string) => invoke<KeptPicture>("add_picture", { file });

/** A picture of the sheet that is being typed, as a JPEG in base64. */
export const typedPicture = (number: number) => invoke<string>("typed_picture", { number });

/** Takes a picture off the sheet that is being typed. */
export const removePicture = (number: number) => invoke<void>("remove_picture", { number });

/** Writes what is not received yet as batch files into a folder, by its token, to be carried. */
export const handCarry = (folder: string) => invoke<CarryReport>("hand_carry", { folder });

/** The batch files of a folder, by its token. */
export const lookAtStick = (folder: string) => invoke<Array<StickFile>>("look_at_stick", { folder });

/** Sends every batch file of a folder, by its token, for whoever wrote it; says what came of each as it is known. */
export const uploadStick = (folder: string, progress: (message: UploadedFile) => void) => invoke<Array<UploadedFile>>("upload_stick", { folder, progress: new Channel(progress) });

/** Sets or changes the PIN that takes the table back from signers. `old` is the one of now, where there is one. */
export const setPin = (old: string | null, pin: string) => invoke<void>("set_pin", { old, pin });

/** What takes room at this table, and what of it can be given up. */
export const room = () => invoke<Room>("room");

/** Erases what can be given up, step by step; says how many entries are done as it goes. */
export const makeRoom = (progress: (message: number) => void) => invoke<RoomMade>("make_room", { progress: new Channel(progress) });

/** The words that bring this table back where the keyring has lost its key, for who knows the PIN. */
export const recoveryWords = (pin: string) => invoke<Array<string>>("recovery_words", { pin });

/** The kit this table works by. */
export const kitInfo = () => invoke<KitView>("kit_info");

/** Somebody has read what the organizer changed. */
export const readNews = () => invoke<void>("read_news");

/** Everything on the desk's first screen. */
export const deskHome = () => invoke<DeskHome>("desk_home");

/** Reads a petition's source: how it would look, or what is wrong with it. Nothing is saved. */
export const checkPetition = (source: string) => invoke<PetitionCheck>("check_petition", { source });

/** Adds a petition. */
export const addPetition = (source: string) => invoke<DeskHome>("add_petition", { source });

/** Gives a petition another text, as its next version. */
export const correctPetition = (petition: string, source: string) => invoke<DeskHome>("correct_petition", { petition, source });

/** Ends a petition, or opens it again. */
export const endPetition = (petition: string, ended: boolean) => invoke<DeskHome>("end_petition", { petition, ended });

/** Publishes at the endpoint what tables do not know yet. */
export const publishUpdate = () => invoke<DeskHome>("publish_update");

/** The kits made here. */
export const listKits = () => invoke<Array<KitRow>>("list_kits");

/** Makes a kit, good for some days, and writes its file into a folder, by its token; gives the file's path. */
export const makeKit = (label: string, maxTables: number, days: number, folder: string) => invoke<string>("make_kit", { label, maxTables, days, folder });

/** Moves the date of a kit to some days from now. */
export const moveKit = (kit: string, days: number) => invoke<Array<KitRow>>("move_kit", { kit, days });

/** The code that sets a new PIN at every table of a kit, in groups. */
export const pinResetCode = (kit: string) => invoke<string>("pin_reset_code", { kit });

/** Lets a held table in. `device` says which of several computers, by its key. */
export const confirmTable = (table: string, generation: number, device: string | null) => invoke<DeskHome>("confirm_table", { table, generation, device });

/**
 * Pulls from the endpoint, merges, says how far it is after each batch, and publishes the new count. What the pull brought is
 * told, however it ends.
 */
export const mergeNow = (progress: (message: MergeProgress) => void) => invoke<MergeReport>("merge_now", { progress: new Channel(progress) });

/** Asks for batch files in the system's own dialog: a token of each; none where it was closed. */
export const chooseBatches = () => invoke<Array<string>>("choose_batches");

/** Merges batch files, by their tokens, says how far it is after each, and publishes the new count where the endpoint can be reached. */
export const mergeFiles = (files: Array<string>, progress: (message: MergeProgress) => void) => invoke<MergeReport>("merge_files", { files, progress: new Channel(progress) });

/** Asks the merge that runs to stop: it ends after the batch that it is at. What was merged stays. */
export const stopMerge = () => invoke<void>("stop_merge");

/** A page of the ledger: so many rows that match a search, from an offset on. */
export const ledger = (search: string, offset: number, limit: number) => invoke<LedgerPage>("ledger", { search, offset, limit });

/** What tables told beside signatures, oldest first. */
export const tableNotes = () => invoke<Array<TableNote>>("table_notes");

/** A picture of a sheet, by its id, as a JPEG in base64. */
export const sheetPicture = (id: string) => invoke<string>("sheet_picture", { id });

/** The lines of a table's sheet that are signatures, by petition, number and day (Unix seconds) of the sheet. */
export const sheetLines = (table: string, petition: string, sheet: number, day: number) => invoke<Array<EnteredLine>>("sheet_lines", { table, petition, sheet, day });

/** Writes a picture of a sheet, by its id, into a folder, by its token; gives the file's path. */
export const savePicture = (id: string, folder: string) => invoke<string>("save_picture", { id, folder });

/** Writes the ledger as CSV into a folder, by its token; gives the file's path. */
export const exportCsv = (folder: string) => invoke<string>("export_csv", { folder });

/** Writes another file of the backup into a folder, by its token, and keeps it current from now on. */
export const writeBackup = (folder: string) => invoke<DeskHome>("write_backup", { folder });

/** Chooses another passphrase of the backup, and writes every file of it again. */
export const setBackupPassphrase = (passphrase: string) => invoke<DeskHome>("set_backup_passphrase", { passphrase });

/** What this program is, and where its data lies. */
export const about = () => invoke<About>("about");

/** What others made and is a part of the program, with its licences. Nothing where the pages come from a development server. */
export const licences = () => invoke<Licences>("licences");

/** What may be told to others when something is wrong, for the person to read before anybody else does. */
export const diagnostics = () => invoke<string>("diagnostics");

/** Writes the diagnostics into a folder, by its token; gives the file's path. */
export const saveDiagnostics = (folder: string) => invoke<string>("save_diagnostics", { folder });
