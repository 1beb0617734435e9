import type { Inline } from "./Inline";

export type Block = { "kind": "heading", level: number, inlines: Array<Inline>, } | { "kind": "paragraph", inlines: Array<Inline>, } | { "kind": "list", ordered: boolean, items: Array<Array<Inline>>, } | { "kind": "quote", inlines: Array<Inline>, };
