import type {contract} from '@headway/client';
import type {Item, Layout} from '../gantt/layout.js';

export type LotMove = contract.LotMove;

/** A line as drag and drop sees it: its lots in their order, and whether a clean comes right before each. */
interface Row {
  line: string;
  lots: {item: Item; clean: boolean}[];
}

function rowOf(layout: Layout, track: number): Row | undefined {
  const found = layout.tracks[track];
  if (found === undefined) {
    return undefined;
  }
  const lots = found.items.flatMap((item, at) =>
    item.activity.kind === 'FILL' ? [{item, clean: found.items[at - 1]?.activity.kind === 'CLEAN'}] : []);
  return {line: found.label, lots};
}

function idOf(item: Item): string {
  return item.activity.lot_id ?? '';
}

/** The move of a lot that is dropped on a track at a time, by the middles of the lots there; nothing where it stays. */
export function dropped(layout: Layout, lot: Item, track: number, time: number): LotMove | undefined {
  const row = rowOf(layout, track);
  if (row === undefined) {
    return undefined;
  }
  const own = row.lots.findIndex(({item}) => item === lot);
  const others = row.lots.filter(({item}) => item !== lot);
  const at = others.filter(({item}) => (item.start + item.end) / 2 < time).length;
  if (at === own) {
    return undefined;
  }
  const before = others[at - 1];
  const next = others[at];
  const place = before === undefined || (next?.clean === true && time > (before.item.end + next.item.start) / 2)
    ? next && {before: idOf(next.item)}
    : {after: idOf(before.item)};
  return {lot_id: idOf(lot), line: row.line, ...place};
}

/** What an arrow key does with a lot: a place earlier or later on its line, or to the line above or below. */
export function shifted(layout: Layout, lot: Item, key: string): LotMove | undefined {
  const lots = rowOf(layout, lot.track)?.lots ?? [];
  const at = lots.findIndex(({item}) => item === lot);
  const neighbour = key === 'ArrowLeft' ? lots[at - 1] : key === 'ArrowRight' ? lots[at + 1] : undefined;
  if (neighbour) {
    return {lot_id: idOf(lot), [key === 'ArrowLeft' ? 'before' : 'after']: idOf(neighbour.item)};
  }
  const track = lot.track + (key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0);
  return track === lot.track ? undefined : dropped(layout, lot, track, (lot.start + lot.end) / 2);
}

/** The moves that put a clean before a lot, or join its block to the one before it. */
export function recleaned(layout: Layout, lot: Item): LotMove[] {
  const lots = rowOf(layout, lot.track)?.lots ?? [];
  const at = lots.findIndex(({item}) => item === lot);
  const before = lots[at - 1];
  if (before === undefined) {
    return [];
  }
  if (!lots[at]!.clean) {
    return [{lot_id: idOf(lot), after: idOf(before.item), clean: true}];
  }
  const rest = lots.slice(at + 1).findIndex(({clean}) => clean);
  const block = lots.slice(at - 1, rest < 0 ? undefined : at + 1 + rest);
  return block.slice(1).map(({item}, index) => ({lot_id: idOf(item), after: idOf(block[index]!.item)}));
}

/** A move in words. */
export function described({lot_id: lot, line, after, before, clean}: LotMove): string {
  const place = after != null ? `after ${after}` : before != null ? `before ${before}` : 'last';
  return `${lot} ${place}${line != null ? ` on ${line}` : ''}${clean ? ', with a clean' : ''}`;
}
