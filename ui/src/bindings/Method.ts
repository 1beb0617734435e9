export type Method = "kiosk" | "paper";
