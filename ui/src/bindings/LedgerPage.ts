import type { LedgerRow } from "./LedgerRow";

export type LedgerPage = { total: number, rows: Array<LedgerRow>, };
