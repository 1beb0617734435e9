// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { DeskHome } from "./DeskHome";
import type { EnteredLine } from "./EnteredLine";
import type { Keeps } from "./Keeps";
import type { KitCodeView } from "./KitCodeView";
import type { KitRow } from "./KitRow";
import type { LedgerPage } from "./LedgerPage";
import type { MergeProgress } from "./MergeProgress";
import type { MergeReport } from "./MergeReport";
import type { PairChoice } from "./PairChoice";
import type { PetitionCheck } from "./PetitionCheck";
import type { Review } from "./Review";
import type { RuleTrial } from "./RuleTrial";
import type { TableNote } from "./TableNote";

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

/** What there is to look at of a petition. */
export const review = (petition: string) => invoke<Review>("review", { petition });

/** Says whether two signatures are one person's. `by` is who says it, as they call themselves. */
export const decidePair = (petition: string, one: string, other: string, choice: PairChoice, by: string) => invoke<Review>("decide_pair", { petition, one, other, choice, by });

/** Undoes a decision, or an undoing. */
export const undoDecision = (petition: string, decision: string, by: string) => invoke<Review>("undo_decision", { petition, decision, by });

/** What another rule would change. Nothing of it is kept. */
export const tryRule = (petition: string, keep: Keeps, perMille: number) => invoke<RuleTrial>("try_rule", { petition, keep, perMille });

/** Sets the rule of a petition. */
export const setRule = (petition: string, keep: Keeps, perMille: number, by: string) => invoke<Review>("set_rule", { petition, keep, perMille, by });

/** Writes another file of the backup into a folder, by its token, and keeps it current from now on. */
export const writeBackup = (folder: string) => invoke<DeskHome>("write_backup", { folder });

/** Chooses another passphrase of the backup, and writes every file of it again. */
export const setBackupPassphrase = (passphrase: string) => invoke<DeskHome>("set_backup_passphrase", { passphrase });
