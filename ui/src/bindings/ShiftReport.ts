import type { Shift } from "./Shift";

export type ShiftReport = { shift: Shift, ended_at: number, saved: number, not_received: number, checkpoint: string, receipt: string | null, };
