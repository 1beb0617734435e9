import type { ProofState } from "./ProofState";

export type DeskTable = { table: string, generation: number, label: string, size: number, received: number, opened: number, proof: ProofState, last_seen: number | null, };
