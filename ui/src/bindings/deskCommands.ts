// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { Breakdown } from "./Breakdown";
import type { DecisionRow } from "./DecisionRow";
import type { DecisionTrial } from "./DecisionTrial";
import type { DeskHome } from "./DeskHome";
import type { EnteredLine } from "./EnteredLine";
import type { GoalForecast } from "./GoalForecast";
import type { Keeps } from "./Keeps";
import type { KitCodeView } from "./KitCodeView";
import type { KitRow } from "./KitRow";
import type { LedgerFilter } from "./LedgerFilter";
import type { LedgerPage } from "./LedgerPage";
import type { MergeProgress } from "./MergeProgress";
import type { MergeReport } from "./MergeReport";
import type { NewDecisions } from "./NewDecisions";
import type { PairChoice } from "./PairChoice";
import type { Pattern } from "./Pattern";
import type { PetitionCheck } from "./PetitionCheck";
import type { Qualification } from "./Qualification";
import type { QuotasGiven } from "./QuotasGiven";
import type { Review } from "./Review";
import type { RollCount } from "./RollCount";
import type { RollFile } from "./RollFile";
import type { RollForm } from "./RollForm";
import type { RollLoaded } from "./RollLoaded";
import type { RollLoading } from "./RollLoading";
import type { RollPage } from "./RollPage";
import type { RollPreview } from "./RollPreview";
import type { RollShape } from "./RollShape";
import type { RollTolerance } from "./RollTolerance";
import type { Story } from "./Story";
import type { TableNote } from "./TableNote";
import type { Verdict } from "./Verdict";

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

/**
 * Makes a kit for one table that fetches it by a code, and brings it to the endpoint; gives its id. Where the endpoint cannot be
 * reached now, it is brought there later.
 */
export const makeKitWithCode = (label: string, days: number) => invoke<string>("make_kit_with_code", { label, days });

/** The code of a kit that was made with one. */
export const kitCode = (kit: string) => invoke<KitCodeView>("kit_code", { kit });

/** Asks the endpoint which codes were used, and brings it the kits that it does not have. */
export const exchangeCodes = () => invoke<Array<KitRow>>("exchange_codes");

/** Ends a kit: its code brings nothing any more, and no further table comes with it. */
export const revokeKit = (kit: string, reason: string) => invoke<Array<KitRow>>("revoke_kit", { kit, reason });

/** Prints the code that the window shows, by the system's dialog; returns when it is closed. */
export const printKitCode = () => invoke<void>("print_kit_code");

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

/** A page of the ledger: so many rows that agree with a filter, from an offset on. */
export const ledger = (filter: LedgerFilter, offset: number, limit: number) => invoke<LedgerPage>("ledger", { filter, offset, limit });

/**
 * The signatures that agree with a filter, by day, table, place and all that they can be chosen by; none where a page of the ledger is
 * asked for meanwhile: somebody waits for that.
 */
export const breakDown = (filter: LedgerFilter) => invoke<Breakdown | null>("break_down", { filter });

/** When the next goal of a petition will be reached, by its days so far. */
export const forecast = (petition: string) => invoke<GoalForecast | null>("forecast", { petition });

/** The whole story of a signature. */
export const story = (signature: string) => invoke<Story>("story", { signature });

/** What tables told beside signatures, oldest first. */
export const tableNotes = () => invoke<Array<TableNote>>("table_notes");

/** A picture of a sheet, by its id, as a JPEG in base64. */
export const sheetPicture = (id: string) => invoke<string>("sheet_picture", { id });

/** The lines of a table's sheet that are signatures, by petition, number and day (Unix seconds) of the sheet. */
export const sheetLines = (table: string, petition: string, sheet: number, day: number) => invoke<Array<EnteredLine>>("sheet_lines", { table, petition, sheet, day });

/** Writes a picture of a sheet, by its id, into a folder, by its token; gives the file's path. */
export const savePicture = (id: string, folder: string) => invoke<string>("save_picture", { id, folder });

/** Writes what agrees with a filter as CSV into a folder, by its token; gives the file's path. */
export const exportCsv = (folder: string, filter: LedgerFilter) => invoke<string>("export_csv", { folder, filter });

/** Prints how it is counted, as the window shows it, by the system's dialog; returns when it is closed. */
export const printCount = () => invoke<void>("print_count");

/** What there is to look at of a petition. */
export const review = (petition: string) => invoke<Review>("review", { petition });

/** Says whether two signatures are one person's. `by` is who says it, as they call themselves. */
export const decidePair = (petition: string, one: string, other: string, choice: PairChoice, by: string) => invoke<Review>("decide_pair", { petition, one, other, choice, by });

/** Undoes a decision, or an undoing. */
export const undoDecision = (petition: string, decision: string, by: string) => invoke<Review>("undo_decision", { petition, decision, by });

/** What another rule would change. Nothing of it is kept. */
export const tryRule = (petition: string, keep: Keeps, perMille: number) => invoke<DecisionTrial>("try_rule", { petition, keep, perMille });

/** Sets the rule of a petition. */
export const setRule = (petition: string, keep: Keeps, perMille: number, by: string) => invoke<Review>("set_rule", { petition, keep, perMille, by });

/** What is strange in the signatures of a petition, shift by shift. Everything else goes on meanwhile. */
export const patterns = (petition: string) => invoke<Array<Pattern>>("patterns", { petition });

/** Writes all decisions into a folder, by its token, for another organizer; gives the file's path. */
export const writeDecisions = (folder: string) => invoke<string>("write_decisions", { folder });

/** Asks for a file of another organizer's decisions in the system's own dialog, and takes them in; none where it was closed. */
export const takeDecisions = () => invoke<NewDecisions | null>("take_decisions");

/** Says what a signature stands for, and why. `by` is who says it, as they call themselves. */
export const decideSignature = (signature: string, petition: string, verdict: Verdict, reason: string, by: string) => invoke<Story>("decide_signature", { signature, petition, verdict, reason, by });

/** Undoes a decision about a signature, or an undoing of one. */
export const undoAbout = (signature: string, decision: string, by: string) => invoke<Story>("undo_about", { signature, decision, by });

/** What a word about all that agree with a filter would change. Nothing of it is kept. */
export const tryMany = (filter: LedgerFilter, verdict: Verdict) => invoke<DecisionTrial>("try_many", { filter, verdict });

/**
 * Says what all that agree with a filter stand for, and why. Gives the decisions about many, the
 * newest first.
 */
export const decideMany = (filter: LedgerFilter, verdict: Verdict, reason: string, by: string) => invoke<Array<DecisionRow>>("decide_many", { filter, verdict, reason, by });

/** The decisions of a petition about many signatures, the newest first. */
export const decisionsAboutMany = (petition: string) => invoke<Array<DecisionRow>>("decisions_about_many", { petition });

/** Undoes a decision about many signatures, or an undoing of one; gives those decisions, the newest first. */
export const undoMany = (petition: string, decision: string, by: string) => invoke<Array<DecisionRow>>("undo_many", { petition, decision, by });

/** The roll, and what came of it. */
export const roll = () => invoke<RollPage>("roll");

/** Asks for the file of a roll in the system's own dialog; none where it was closed. */
export const chooseRoll = () => invoke<RollFile | null>("choose_roll");

/** Looks into the file of a roll, by its token: its headings and its first entries, by the shape that is given or recognised. */
export const lookIntoRoll = (file: string, shape: RollShape | null) => invoke<RollPreview>("look_into_roll", { file, shape });

/** Loads a roll in the place of the one before, and says how far it is. The desk does other things meanwhile. */
export const loadRoll = (form: RollForm, progress: (message: RollLoading) => void) => invoke<RollLoaded>("load_roll", { form, progress: new Channel(progress) });

/** Asks the loading or the looking up that runs to stop. A roll that is not whole is not kept; what was looked up is. */
export const stopRoll = () => invoke<void>("stop_roll");

/** Deletes the roll. What came of it stays. */
export const deleteRoll = () => invoke<RollPage>("delete_roll");

/**
 * Looks up the signatures of a petition that are not found yet, and says what came of them so far. The desk does other things
 * between.
 */
export const lookUp = (petition: string, tolerance: RollTolerance, progress: (message: RollCount) => void) => invoke<RollPage>("look_up", { petition, tolerance, progress: new Channel(progress) });

/**
 * Whether so many that are required will be found valid, by all or by so many that are drawn; and in each area that has a quota. None where
 * no signature can be handed over.
 *
 * Errors: `desk/quotas`, with the number of the line.
 */
export const qualify = (petition: string, required: number, sampled: number | null, publicValue: string, quotas: QuotasGiven | null) => invoke<Qualification | null>("qualify", { petition, required, sampled, publicValue, quotas });

/** Writes another file of the backup into a folder, by its token, and keeps it current from now on. */
export const writeBackup = (folder: string) => invoke<DeskHome>("write_backup", { folder });

/** Chooses another passphrase of the backup, and writes every file of it again. */
export const setBackupPassphrase = (passphrase: string) => invoke<DeskHome>("set_backup_passphrase", { passphrase });
