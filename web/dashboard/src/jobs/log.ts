import type {LogLine} from '@headway/client';

/** How many lines of a log are shown: the newest. */
export const SHOWN = 2_000;

/** Two runs of lines as one, each line once, in order. */
export function joined(before: readonly LogLine[], more: readonly LogLine[]): readonly LogLine[] {
  const last = before.at(-1)?.number ?? 0;
  const follows = more.every((line, at) => line.number > (at === 0 ? last : more[at - 1]!.number));
  if (follows) {
    return [...before, ...more].slice(-SHOWN);
  }
  const byNumber = new Map([...before, ...more].map((line) => [line.number, line]));
  return [...byNumber.values()].sort((left, right) => left.number - right.number).slice(-SHOWN);
}
