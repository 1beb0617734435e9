export type TablePetition = { petition: string, title: string, this_shift: number, table: number, count: number, goal: number, };
