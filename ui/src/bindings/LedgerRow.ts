import type { Method } from "./Method";
import type { Standing } from "./Standing";

export type LedgerRow = { signature: string, petition: string, petition_title: string, name: string, email: string | null, postal_code: string | null, city: string | null, comment: string | null, signed_at: number, language: string, method: Method, table_label: string, table: string, generation: number, index: number, place: string, standing: Standing, };
