/** How much of something is used, in percent from 0 to 100; nothing of nothing is nothing. */
export function share(used: number, most: number): number {
  return most <= 0 ? 0 : Math.min(100, (100 * used) / most);
}
