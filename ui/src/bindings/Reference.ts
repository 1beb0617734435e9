import type { Inline } from "./Inline";

export type Reference = { number: number, inlines: Array<Inline>, };
