// What the pages ask of the shell: its commands, and word of what changed. A command that fails rejects with a `Failure`.

import { listen, type UnlistenFn } from '@tauri-apps/api/event'

export * from '../bindings/aboutCommands'
export * from '../bindings/deskCommands'
export * from '../bindings/kioskCommands'
export * from '../bindings/startCommands'
export * from '../bindings/tableCommands'

/** Calls `changed` whenever the table and the kiosk have news. */
export const onTableChanged = (changed: () => void): Promise<UnlistenFn> => listen('table-changed', () => changed())
