export type Field = "full_name" | "email" | "phone" | "country" | "postal_code" | "city" | "region" | "street" | "comment" | "of_age" | "ink";
