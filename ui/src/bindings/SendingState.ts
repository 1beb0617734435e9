export type SendingState = "no_endpoint" | "done" | "sending" | "no_network" | "not_the_endpoint" | "busy" | "held" | "revoked" | "refused";
