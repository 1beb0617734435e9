export type ProofState = "complete" | "gap" | "behind" | "forked" | "held";
