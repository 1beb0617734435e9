export type KitRow = { kit: string, label: string, max_tables: number, tables: number, until: number, };
