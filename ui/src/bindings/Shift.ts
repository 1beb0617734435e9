export type Shift = { place: string, volunteer: string, started_at: number, };
