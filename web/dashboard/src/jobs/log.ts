import type {LogLine} from '@headway/client';

/** How many lines of a log are shown: the newest. */
export const SHOWN = 2_000;

/** The streams of lines; any other is an output, whose pieces are one text. */
const LINES = new Set(['stdout', 'stderr', 'log']);

/** The stream that has the name of each file as it was uploaded. */
const FILES = 'files';

/** How many uploads the lines tell of. */
export function uploads(all: readonly LogLine[]): number {
  return all.filter(({stream}) => stream === FILES).length;
}

/** The lines of a log, without what its outputs hold. */
export function linesOf(all: readonly LogLine[]): readonly LogLine[] {
  return all.filter(({stream}) => LINES.has(stream));
}

/** The texts of the outputs among the lines of a log, by name, in the order in which they began. */
export function outputsOf(all: readonly LogLine[]): [string, string][] {
  const texts = new Map<string, string>();
  for (const {stream, text} of all) {
    if (!LINES.has(stream) && stream !== FILES) {
      texts.set(stream, (texts.get(stream) ?? '') + text);
    }
  }
  return [...texts];
}

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
