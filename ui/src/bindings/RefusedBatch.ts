export type RefusedBatch = { name: string, code: string, detail: string, };
