export type Everyone = { count: number, as_of: number, };
