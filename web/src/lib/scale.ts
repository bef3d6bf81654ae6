// Sizes of page images: how big a page is drawn, and which of the server's scales is sharp enough for that.

/** Scales that are asked for; few, so that images are found in the browser's cache again. */
const STEPS = [1, 2, 3] as const;
const STEP = 1.25;
const LEAST = 0.4;
const MOST = 4;

/** The smallest scale that fills the pixels of the screen. `zoom` is in CSS pixels a point. */
export function imageScale(zoom: number, pixelRatio: number): number {
  return STEPS.find((s) => s >= zoom * pixelRatio - 0.01) ?? STEPS[STEPS.length - 1]!;
}

/** The zoom at which a page is as wide as its container. */
export function fitZoom(container: number, page: number): number {
  return container > 0 && page > 0 ? clamp(container / page) : 1;
}

/** One step closer (1) or further away (-1). */
export function stepZoom(zoom: number, direction: 1 | -1): number {
  return clamp(zoom * STEP ** direction);
}

function clamp(zoom: number): number {
  return Math.min(MOST, Math.max(LEAST, zoom));
}
