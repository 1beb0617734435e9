import type { AskedField } from "./AskedField";
import type { Block } from "./Block";
import type { Invite } from "./Invite";
import type { Reference } from "./Reference";

export type PetitionPage = { invite: Invite, text_hash: string, body: Array<Block>, references: Array<Reference>, fields: Array<AskedField>, minimum_age: number | null, erased_by: string | null, };
