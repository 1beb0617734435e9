import type { Problem } from "./Problem";
import type { Thanks } from "./Thanks";

export type SignOutcome = { "outcome": "saved" } & Thanks | { "outcome": "problems", problems: Array<Problem>, };
