export type CarryPlace = { label: string, path: string, removable: boolean, };
