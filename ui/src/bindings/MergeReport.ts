import type { EndpointReach } from "./EndpointReach";
import type { ExplainedCount } from "./ExplainedCount";
import type { RefusedBatch } from "./RefusedBatch";

export type MergeReport = { new_entries: number, known_entries: number, new_signatures: number, set_aside: number, refused: Array<RefusedBatch>, endpoint: EndpointReach, count: ExplainedCount, tally_published: boolean, };
