// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { invoke } from "@tauri-apps/api/core";
import type { CarryPlace } from "./CarryPlace";
import type { StartState } from "./StartState";

/** What this computer is set up for, and whether its keys are open. */
export const startState = () => invoke<StartState>("start_state");

/** Opens the keys by a passphrase; also chooses it, where none was chosen yet. */
export const unlock = (passphrase: string) => invoke<StartState>("unlock", { passphrase });

/** The language that was chosen, by its tag; none where none was, or where it cannot be read. */
export const language = () => invoke<string | null>("language");

/** Opens the table by its recovery words, and keeps its keys again. */
export const recoverTable = (words: string) => invoke<StartState>("recover_table", { words });

/**
 * Sets this computer up as a table. `text` is the kit file's, or the code of a kit, which is fetched then; `name` is what the
 * organizer sees beside what comes from here.
 */
export const openKit = (text: string, pin: string, name: string) => invoke<StartState>("open_kit", { text, pin, name });

/** The code of a kit in a picture of its QR code, of a file's bytes as base64; none where there is no QR code. */
export const findKitCode = (picture: string) => invoke<string | null>("find_kit_code", { picture });

/** Sets this computer up as a desk: a new campaign, and its backup file in a folder, by its token. Goes on where it stopped before. */
export const newCampaign = (name: string, endpoint: string | null, passphrase: string, folder: string) => invoke<StartState>("new_campaign", { name, endpoint, passphrase, folder });

/** Asks for a backup in the system's own dialog; none where it was closed. */
export const chooseBackup = () => invoke<string | null>("choose_backup");

/** Sets this computer up as the desk of a campaign that comes back from its backup. */
export const restoreCampaign = (path: string, passphrase: string) => invoke<StartState>("restore_campaign", { path, passphrase });

/** Remembers a language, by its tag. */
export const chooseLanguage = (tag: string) => invoke<void>("choose_language", { tag });

/** Where files can be written: sticks first, then the person's own folders. */
export const savePlaces = () => invoke<Array<CarryPlace>>("save_places");

/** Asks for a folder in the system's own dialog; none where it was closed. */
export const chooseFolder = () => invoke<CarryPlace | null>("choose_folder");
