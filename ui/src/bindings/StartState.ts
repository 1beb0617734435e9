import type { Keys } from "./Keys";

export type StartState = { keys: Keys, table: boolean, desk: boolean, kiosk_locked: boolean, };
