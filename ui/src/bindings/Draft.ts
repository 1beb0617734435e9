import type { Ink } from "./Ink";

export type Draft = { petition: string, text_hash: string, language: string, full_name: string, email: string, phone: string, country: string, postal_code: string, city: string, region: string, street: string, comment: string, of_age: boolean, ink: Ink | null, show_publicly: boolean, send_updates: boolean, share: boolean, };
