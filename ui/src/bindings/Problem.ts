import type { Field } from "./Field";
import type { ProblemCode } from "./ProblemCode";
import type { Severity } from "./Severity";

export type Problem = { field: Field, code: ProblemCode, severity: Severity, };
