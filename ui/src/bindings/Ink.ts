import type { Point } from "./Point";

export type Ink = { width: number, height: number, strokes: Array<Array<Point>>, };
