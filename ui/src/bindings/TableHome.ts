import type { Everyone } from "./Everyone";
import type { Sending } from "./Sending";
import type { Shift } from "./Shift";
import type { TablePetition } from "./TablePetition";

export type TableHome = { label: string, campaign: string, shift: Shift | null, this_shift: number, saved: number, received: number, waiting: number, last_receipt_at: number | null, everyone: Everyone | null, sending: Sending, petitions: Array<TablePetition>, };
