/** The most pixels that an hour takes. */
export const CLOSEST = 48;
const FACTOR = 1.5;

/** So many pixels an hour that everything is to be seen. */
export function fitting(hours: number, width: number): number {
  return hours > 0 ? Math.max(0.02, width / hours) : 1;
}

/** The next scale nearer or farther, never beyond the whole or the closest. */
export function stepped(scale: number, fit: number, nearer: boolean): number {
  const next = nearer ? scale * FACTOR : scale / FACTOR;
  return Math.min(Math.max(next, fit), Math.max(CLOSEST, fit));
}

/** Where to scroll so that the place under the pointer stays there. */
export function scrollAfter(scroll: number, pointer: number, before: number, after: number): number {
  return Math.max(0, ((scroll + pointer) * after) / before - pointer);
}
