export type EndpointReach = "not_asked" | "reached" | "not_reached";
