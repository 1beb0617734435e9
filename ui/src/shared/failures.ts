// The words for every failure, by its code. A code without words is shown itself, so that it can be reported.

import type { Failure } from '../bindings/Failure'

const WORDS: Record<string, string> = {
  'profile/in-use':
    'Undersigned is open already on this computer, in another window or program. Close that one, or wait until it ends, then try again.',
  'vault/closed': 'The keys are closed. Restart Undersigned and give the passphrase.',
  'vault/passphrase-needed': 'The passphrase is needed first.',
  'vault/passphrase-short': 'This passphrase is too short. Use at least 10 characters.',
  'vault/wrong-passphrase': 'This is not the passphrase. Try again; nothing is lost.',
  'vault/in-keyring':
    'The keys of this computer are in the system’s keyring already, so no passphrase is needed. Restart Undersigned.',
  'vault/no-keyring': 'The system’s keyring does not run. Log in again, then try again.',
  'vault/keyring-keeps-nothing':
    'The system’s keyring cannot keep keys. Restart Undersigned and choose a passphrase instead.',
  'vault/keyring-locked':
    'The system’s keyring is locked. Unlock it with its password, or log in again; then try again.',
  'vault/keyring-silent':
    'The system’s keyring does not answer. Look whether it asks for a password in another window, then try again.',
  'vault/entry-lost':
    'The keys are no longer in the system’s keyring. Ask the organizer what to do; the signatures stay on this computer.',
  'vault/key-missing':
    'The keys of this computer’s table or desk are not here. Leave everything as it is and ask the organizer what to do; nothing was changed.',
  'vault/damaged':
    'The keys are damaged. Leave everything as it is and ask the organizer what to do; the signatures stay on this computer.',
  'vault/changed': 'The keys were changed by another program. Restart Undersigned.',
  'vault/disk-full': 'The disk is full. Make room, then try again; the keys kept before are safe.',
  'vault/file': 'The file with the keys cannot be read or written. Look whether the disk is full.',

  'kit/not-a-kit': 'This is not a kit. Choose the file whose name ends in .kit.',
  'kit/newer': 'This kit was made by a newer Undersigned. Update this computer, then open it again.',
  'kit/tampered': 'This kit was changed after it was made. Do not use it; ask the organizer for a new one.',
  'kit/expired': 'This kit has expired. Ask the organizer for a new one.',
  'kit/wrong-campaign': 'This kit is of another campaign than this table.',
  'kit/no-petition': 'This kit holds no petition. Ask the organizer for a new one.',
  'kit/no-epoch': 'This kit holds no sealing key. Ask the organizer for a new one.',
  'kit/petition':
    'A petition of this kit cannot be read here. Update this computer, or ask the organizer for a new kit.',

  'table/none': 'This computer is not set up as a table yet.',
  'table/missing': 'The table of this computer cannot be found. Leave everything as it is and tell the organizer.',
  'table/disk': 'The disk fails, or is full. Look at it, then try again; everything saved before is safe.',
  'table/copy':
    'The copy that is kept before an update is not whole. Nothing was changed: look at the disk, then start again.',
  'table/exists': 'This computer is a table already.',
  'table/no-shift': 'No shift is running. Start one, then try again.',
  'table/shift-runs': 'A shift is running already. End it first.',
  'table/no-place': 'A shift needs a place. Say where the table stands.',
  'table/place-long': 'This place is too long. Use shorter words, in one line.',
  'table/volunteer-long': 'This name is too long. Initials will do.',
  'table/no-petition': 'This table has no such petition any more. Start over.',
  'table/signature-id': 'This form has no proper number of its own. Start over.',
  'table/signature-id-taken': 'This form was used for another petition. Start over.',
  'table/label': 'A table is called by 1 to 60 characters of plain text.',
  'table/pin-shape': 'A PIN has 6 to 12 digits, and nothing else.',
  'table/pin-one-digit': 'A PIN of one digit again and again is the first that is tried. Choose another.',
  'table/pin-run': 'A PIN whose digits follow each other is the first that is tried. Choose another.',
  'table/pin-repeats': 'A PIN that repeats itself is soon tried. Choose another.',
  'table/pin-needed': 'This table has a PIN. To change it, give that one too.',
  'table/pin-wrong': 'This is not the table’s PIN so far. After several wrong ones the next counts a little later.',
  'table/no-pin': 'This table has no PIN to take it back from signers with. Set one first.',
  'table/no-endpoint': 'This table’s kit names no endpoint. Carry the signatures by hand.',
  'table/wrong-key':
    'The signatures on this computer do not open with its keys. Leave everything as it is and ask the organizer.',
  'table/newer': 'The signatures on this computer were written by a newer Undersigned. Update it; nothing was touched.',
  'table/in-use': 'This table is open in another window or program. Close that one first.',
  'table/disk-full': 'The disk is full. Make room, then try again; everything saved before is safe.',
  'table/read-only': 'The disk cannot be written to. Everything saved before is safe.',
  'table/storage': 'The disk does not answer as it should. Everything saved before is safe; try again.',
  'table/damaged': 'What is stored on this table is damaged. Leave it as it is and ask the organizer.',
  'table/sealing': 'The signature could not be sealed, so it was not saved.',
  'table/document': 'What came from the endpoint is not signed by this campaign. Tell the organizer.',
  'table/file': 'This folder cannot be written to. Choose another, or look whether the stick is full or locked.',
  'table/read-back': 'The stick does not hold what was written to it. Try another one; nothing is lost here.',

  'kiosk/locked': 'This is not for the kiosk. Take the table back with its PIN first.',

  'desk/none': 'This computer has no desk yet.',
  'desk/exists': 'This computer has a desk already.',
  'desk/missing': 'The desk of this computer cannot be found. Ask whoever looks after this computer.',
  'desk/disk-full': 'The disk is full. Make room, then try again; everything kept before is safe.',
  'desk/disk': 'The disk fails, or is full. Look at it, then try again; everything kept before is safe.',
  'desk/copy':
    'The copy that is kept before an update is not whole. Nothing was changed: look at the disk, then start again.',
  'desk/wrong-key': 'The ledger does not open with the keys of this computer. Leave everything as it is.',
  'desk/other-keys': 'The keys of this computer are of another campaign than its ledger.',
  'desk/newer': 'The ledger was written by a newer Undersigned. Update this computer; nothing was touched.',
  'desk/in-use': 'This desk is open in another window or program. Close that one first.',
  'desk/storage': 'The disk does not answer as it should, or is full. What was merged before is safe; try again.',
  'desk/damaged': 'The ledger is damaged. Leave it as it is, and merge again on another computer from the backup.',
  'desk/file': 'This folder cannot be written to. Choose another, or look whether the stick is full or locked.',
  'desk/export': 'The file could not be written. Choose another folder, or look whether the stick is full.',
  'desk/petition-source': 'The petition’s file has faults. Choose it again to see them.',
  'desk/no-petition': 'Add a petition first.',
  'desk/unknown-petition': 'This petition is not known at this desk.',
  'desk/no-endpoint': 'This campaign has no endpoint: signatures come by stick. Merge the files that the tables wrote.',
  'desk/not-whole': 'Not every log is whole. Look at Tables: what is missing, forked or not proven is named there.',
  'desk/unknown-table': 'This table is not known at this desk. Merge first.',
  'desk/which-device': 'Two computers claim to be this table. Confirm the one that you know.',
  'desk/unknown-kit': 'This kit was not made at this desk.',
  'desk/kit-label': 'A kit’s label is one line of 1 to 60 characters.',
  'desk/kit-tables': 'A kit is for 1 to 10,000 tables.',
  'desk/kit-days': 'A kit is good for 1 to 366 days.',
  'desk/reason': 'A reason is one line of 1 to 200 characters. Volunteers read it.',
  'desk/document': 'Something is too long to be written down. Use shorter words.',
  'desk/key': 'A sealing key of this campaign cannot be used. Leave everything as it is and report the code.',
  'desk/backup':
    'This is not a whole backup. Choose the file whose name ends in .backup; if it was written by a newer Undersigned, update this computer first.',
  'desk/backup-old':
    'No kit was made: the backup could not be written first, and without it signatures could be lost with this computer. Put the stick in, or write another backup under Backup, then try again.',
  'desk/backup-gone': 'The folder of the backup is not there. Put the stick in, or write another backup.',
  'desk/backup-full':
    'There is no room for the backup; the old one is as it was. Make room, or write another elsewhere.',
  'desk/backup-taken':
    'There is a file of this name that this desk did not write. It was left alone; choose another folder.',
  'desk/backup-read-back':
    'What was read back is not what was written; the old backup is as it was. Choose another place.',
  'desk/backup-refused': 'The backup cannot be written there; what was there is as it was. Choose another folder.',
  'desk/no-backup': 'This desk has no backup yet. Choose a passphrase for it, then write one.',
  'desk/passphrase-short': 'The backup’s passphrase is too short. Use at least 10 characters.',
  'desk/name': 'Give the campaign a name of at most 120 characters, in one line.',
  'desk/backup-passphrase': 'This is not the passphrase of the backup, or the file was changed.',

  'endpoint/unreachable': 'The endpoint does not answer. Look at its address and at the network, then try again.',
  'endpoint/not-the-endpoint':
    'Something answered that is not the endpoint. Look at its address, or at the login page of this network.',
  'endpoint/other-endpoint':
    'Another endpoint answers at this address: its key is not the one that this campaign’s kits name. Nothing was sent to it. Ask whoever runs the endpoint what has changed.',
  'endpoint/campaign-refused':
    'The endpoint does not take this campaign. Give the campaign’s fingerprint (under Kits) to whoever runs the endpoint, and merge again once it is let in.',
  'endpoint/refused': 'The endpoint refused this. Try again later, and report the code if it stays.',
  'endpoint/address': 'This is not an address. It begins with https:// and names the endpoint.',

  'io/disk-full': 'The disk or stick is full. Make room, or choose another folder; then do the same again.',
  'io/cannot-write': 'This folder cannot be written to. Choose another, or look whether the stick is full or locked.',
  'io/empty': 'This file is empty. Write what is asked for into its first line.',
  'io/not-text': 'This file is not text in UTF-8. Save it as text and try again.',
  'io/output': 'What was to be said could not be written. What was done is done.',
  'io/cannot-read': 'This file cannot be read. Copy it to this computer and try again.',
  'window/refused': 'The window could not be changed. Try again.',

  'batch/no-file': 'This is not a file. Choose the files whose names end in .batch.',
  'batch/not-a-batch': 'This is not a batch file.',
  'batch/newer': 'This batch was written by a newer Undersigned. Update this computer, then merge it again.',
  'batch/truncated': 'This file is cut short. Copy it again from where it came.',
  'batch/shape': 'This file is damaged. Copy it again from where it came.',
  'batch/too-large': 'This file is too large to be a batch.',
  'batch/document': 'A document in this batch does not hold. It was changed or damaged on the way.',
  'batch/checkpoint': 'The signed checkpoint of this batch does not hold. It was changed or damaged on the way.',
  'batch/entry': 'An entry of this batch is damaged. Copy the file again from where it came.',
  'batch/changed': 'This batch was changed after its table signed it.',
}

/** What a person is told about a failure. */
export interface FailureWords {
  sentence: string
  /** Stable, to be reported. */
  code: string
}

/** The words for whatever a command rejected with. */
export function failureWords(failure: unknown): FailureWords {
  const code = isFailure(failure) ? failure.code : 'app/unexpected'
  return { sentence: sentence(code), code }
}

/** The words for a code alone. */
export function sentence(code: string): string {
  return WORDS[code] ?? 'Something did not work. Nothing that was saved is lost. Try again, or report the code below.'
}

/** Whether a command rejected with this code. */
export function hasCode(failure: unknown, code: string): boolean {
  return isFailure(failure) && failure.code === code
}

function isFailure(failure: unknown): failure is Failure {
  return typeof failure === 'object' && failure !== null && 'code' in failure && typeof failure.code === 'string'
}
