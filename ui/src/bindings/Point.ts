export type Point = { x: number, y: number, pressure: number, };
