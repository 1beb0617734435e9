export type Invite = { petition: string, title: string, started_by: string, addressed_to: string, language: string, count: number, goal: number, progress: number, milestone_note: string | null, };
