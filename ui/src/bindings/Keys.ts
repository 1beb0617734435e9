export type Keys = "open" | "choose_passphrase" | "ask_passphrase";
