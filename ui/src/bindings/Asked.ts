export type Asked = "optional" | "required";
