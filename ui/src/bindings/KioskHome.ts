import type { Invite } from "./Invite";

export type KioskHome = { petitions: Array<Invite>, };
