import type { Asked } from "./Asked";
import type { Field } from "./Field";

export type AskedField = { field: Field, asked: Asked, };
