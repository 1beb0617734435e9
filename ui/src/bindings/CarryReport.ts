export type CarryReport = { files: Array<string>, folder: string, entries: number, };
