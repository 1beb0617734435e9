import type { ExplainedCount } from "./ExplainedCount";

export type DeskPetition = { petition: string, title: string, started_by: string, addressed_to: string, version: number, goal: number, count: ExplainedCount, };
