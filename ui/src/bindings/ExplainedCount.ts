export type ExplainedCount = { collected: number, duplicates: number, void: number, withdrawn: number, in_review: number, deliverable: number, resent: number, set_aside: number, };
