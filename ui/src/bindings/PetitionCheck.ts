import type { PetitionPage } from "./PetitionPage";

export type PetitionCheck = { "outcome": "good", page: PetitionPage, } | { "outcome": "bad", problems: Array<string>, };
