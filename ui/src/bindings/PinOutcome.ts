export type PinOutcome = { "outcome": "opened" } | { "outcome": "wrong", wait_seconds: number, };
