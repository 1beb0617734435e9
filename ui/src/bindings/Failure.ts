export type Failure = { code: string, detail: string, };
