import type { DeskPetition } from "./DeskPetition";
import type { DeskTable } from "./DeskTable";
import type { ExplainedCount } from "./ExplainedCount";

export type DeskHome = { name: string, campaign: string, endpoint: string | null, merged_at: number | null, petitions: Array<DeskPetition>, count: ExplainedCount, tables: Array<DeskTable>, };
