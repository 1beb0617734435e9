export type Standing = { "kind": "counted" } | { "kind": "duplicate", of: string, } | { "kind": "void", reason: string, } | { "kind": "withdrawn" } | { "kind": "erased" } | { "kind": "in_review" };
