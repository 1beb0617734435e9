import type { Invite } from "./Invite";

export type Thanks = { invite: Invite, withdrawal_code: string, recommended: Array<Invite>, };
