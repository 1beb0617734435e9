// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { CarryReport } from "./CarryReport";
import type { ClosedShift } from "./ClosedShift";
import type { Computer } from "./Computer";
import type { EndOfShift } from "./EndOfShift";
import type { KeptLine } from "./KeptLine";
import type { KeptPicture } from "./KeptPicture";
import type { KitView } from "./KitView";
import type { PaperPage } from "./PaperPage";
import type { Readiness } from "./Readiness";
import type { Report } from "./Report";
import type { Room } from "./Room";
import type { RoomMade } from "./RoomMade";
import type { SavedPlace } from "./SavedPlace";
import type { Screen } from "./Screen";
import type { SheetClosed } from "./SheetClosed";
import type { SheetCounts } from "./SheetCounts";
import type { SheetEnd } from "./SheetEnd";
import type { SheetHeading } from "./SheetHeading";
import type { SheetLine } from "./SheetLine";
import type { ShiftClose } from "./ShiftClose";
import type { ShiftStart } from "./ShiftStart";
import type { ShiftSums } from "./ShiftSums";
import type { StickFile } from "./StickFile";
import type { StrikeReason } from "./StrikeReason";
import type { TableHome } from "./TableHome";
import type { UploadedFile } from "./UploadedFile";

/** Everything on the table screen. */
export const tableHome = () => invoke<TableHome>("table_home");

/** What may end a shift early. It is asked for by itself: a battery may take its time to answer, and brings no news of its own. */
export const computer = () => invoke<Computer>("computer");

/** The screen that the window is on. */
export const screen = () => invoke<Screen>("screen");

/** Keeps how many pixels a millimetre of the screen has, as a person measured it; or forgets it. */
export const setScreen = (pixelsPerMm: number | null) => invoke<Screen>("set_screen", { pixelsPerMm });

/** What is looked at before a shift, without the network: that is asked for by itself, and may take its time. */
export const readiness = () => invoke<Readiness>("readiness");

/** Asks whether the kit's endpoint answers; the code of why it does not, or none. */
export const reachEndpoint = () => invoke<string | null>("reach_endpoint");

/** Ends a practice that was not ended in the kiosk. */
export const endPractice = () => invoke<void>("end_practice");

/**
 * Starts a shift, and keeps what was looked at before. What the table shows then is asked for by itself: a shift that runs is never
 * told as a failure.
 */
export const startShift = (start: ShiftStart) => invoke<void>("start_shift", { start });

/** Nobody signs until the shift goes on. */
export const pauseShift = () => invoke<void>("pause_shift");

/** People sign again. */
export const resumeShift = () => invoke<void>("resume_shift");

/** The table goes into other hands. */
export const handOver = (gives: string, takes: string, laptopSeal: string, stickSeal: string) => invoke<void>("hand_over", { gives, takes, laptopSeal, stickSeal });

/** The sums of the running shift as they are now, with the paper sheets as the volunteer counts them. */
export const shiftSums = (sheets: SheetCounts | null) => invoke<ShiftSums>("shift_sums", { sheets });

/** Ends the shift. */
export const endShift = (close: ShiftClose) => invoke<EndOfShift>("end_shift", { close });

/** The shifts that were closed here, newest first. */
export const closedShifts = () => invoke<Array<ClosedShift>>("closed_shifts");

/** The report of a closed shift, with what was received since. */
export const shiftReport = (shift: string) => invoke<EndOfShift>("shift_report", { shift });

/** Prints what the window shows, by the system's dialog; returns when it is closed. */
export const printReport = () => invoke<void>("print_report");

/** Writes what the window shows as a PDF into a folder, by its token; gives the file's path. */
export const saveReport = (folder: string, report: Report) => invoke<string>("save_report", { folder, report });

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
