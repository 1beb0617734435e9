export type DroppedFile = { name: string, content: string, };
