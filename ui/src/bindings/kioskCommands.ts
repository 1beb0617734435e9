// Generated from the commands of the shell. A command that fails rejects with a `Failure`.

import { invoke } from "@tauri-apps/api/core";
import type { Checked } from "./Checked";
import type { Draft } from "./Draft";
import type { KioskHome } from "./KioskHome";
import type { PetitionPage } from "./PetitionPage";
import type { PinOutcome } from "./PinOutcome";
import type { SignOutcome } from "./SignOutcome";

/** The table's petitions, recommended first. */
export const kioskHome = () => invoke<KioskHome>("kiosk_home");

/** A petition whole. The table makes ready for a signature. */
export const kioskPetition = (petition: string) => invoke<PetitionPage>("kiosk_petition", { petition });

/** What is wrong or odd with a draft, and what is mended in it. Nothing is saved. */
export const check = (draft: Draft) => invoke<Checked>("check", { draft });

/**
 * Signs: answers `saved` only once it is durable. In a visit (a UUID), each petition is signed once, however often it is
 * asked: what is asked again is answered by the same signature.
 */
export const sign = (draft: Draft, passWarnings: boolean, visit: string) => invoke<SignOutcome>("sign", { draft, passWarnings, visit });

/** A visit begins: it is counted in the shift. In practice nothing is counted. */
export const beginVisit = () => invoke<void>("begin_visit");

/** A visit ends: it is counted in the shift by how it ended, and nothing of it is read aloud any more. In practice nothing is counted. */
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

/** Makes no sound from now on, or sounds again. */
export const muteSounds = (muted: boolean) => invoke<void>("mute_sounds", { muted });

/** Of these languages (BCP 47), those that this computer can read aloud. */
export const spokenLanguages = (languages: Array<string>) => invoke<Array<string>>("spoken_languages", { languages });

/** Says a text in place of what is being said. Answers whether all of it was said, once it was or was hushed. */
export const sayAloud = (text: string, language: string, speed: number) => invoke<boolean>("say_aloud", { text, language, speed });

/** Ends what is being said. */
export const hush = () => invoke<void>("hush");

/** Ends what is being said, and the service with all that it remembers. */
export const endSpeech = () => invoke<void>("end_speech");

/** Gives the window back to the volunteer, for the PIN. */
export const takeBack = (pin: string) => invoke<PinOutcome>("take_back", { pin });

/** Sets a new PIN for the PIN reset code of the table's kit, and gives the window back to the volunteer. */
export const resetPin = (code: string, pin: string) => invoke<PinOutcome>("reset_pin", { code, pin });

/** Whether the kiosk is open, whatever else cannot be. */
export const kioskLocked = () => invoke<boolean>("kiosk_locked");

/** Ends the program where its table cannot be opened. A kiosk stays locked: it is at the next start. */
export const endProgram = () => invoke<void>("end_program");

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
