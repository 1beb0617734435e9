import type { SendingState } from "./SendingState";

export type Sending = { state: SendingState, next_try_at: number | null, };
