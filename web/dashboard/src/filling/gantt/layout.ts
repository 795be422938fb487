import type {Activity} from '../api.js';
import {type Clocks, HERE} from '../../clocks.js';
import {HOUR} from './ticks.js';

/** An activity in its place: times in milliseconds since 1970. */
export interface Item {
  activity: Activity;
  track: number;
  start: number;
  end: number;
  /** Of a changeover, what was filled before; of a fill, its own type. */
  from?: string;
  to?: string;
}

/** A row of the drawing: a line, or a single block of one. */
export interface Track {
  label: string;
  /** What stands at its left edge. */
  origin: number;
  items: Item[];
}

/** A clean and all that is filled until the next one. */
export interface Block {
  line: string;
  /** From 1, on its line. */
  number: number;
  start: number;
  end: number;
  lots: number;
  /** How long is filled and changed over, in hours. */
  workHours: number;
  items: Item[];
}

/** What a drawing shows. */
export interface Layout {
  tracks: Track[];
  /** How many hours the longest track lasts. */
  hours: number;
  /** Whether the tracks have the same origin, so that they share a calendar. */
  calendar: boolean;
  types: string[];
  start: number;
  end: number;
  /** The site's clocks, which all times follow. */
  clocks: Clocks;
}

/** The types of lots, in the order of their names: the same type has the same colour on every page of a plan. */
export function typesOf(activities: readonly Activity[]): string[] {
  const types = new Set(activities.filter(({kind}) => kind === 'FILL').map(({lot_type: type}) => type ?? ''));
  return [...types].sort((left, right) => left.localeCompare(right, 'en', {numeric: true}));
}

function itemsByLine(activities: readonly Activity[]): Map<string, Item[]> {
  const lines = new Map<string, Item[]>();
  for (const activity of activities) {
    const items = lines.get(activity.line) ?? [];
    lines.set(activity.line, items);
    items.push({activity, track: 0, start: Date.parse(activity.start), end: Date.parse(activity.end)});
  }
  for (const items of lines.values()) {
    items.sort((left, right) => left.start - right.start || left.end - right.end);
    typed(items);
  }
  return lines;
}

function typed(items: Item[]): void {
  let before: string | undefined;
  for (const item of items) {
    const {kind, lot_type: type} = item.activity;
    if (kind === 'FILL') {
      before = type ?? '';
      item.to = before;
    } else if (kind === 'CHANGEOVER') {
      item.to = type ?? '';
      item.from = before ?? item.to;
    } else {
      before = undefined;
    }
  }
}

/** The blocks of all lines, in the order of time within each line. */
export function blocksOf(activities: readonly Activity[]): Block[] {
  return [...itemsByLine(activities)].flatMap(([line, items]) => blocksOn(line, items));
}

function blocksOn(line: string, items: readonly Item[]): Block[] {
  const blocks: Block[] = [];
  let block: Block | undefined;
  for (const item of items) {
    const {kind, duration_hours: hours} = item.activity;
    if (kind === 'CLEAN' || block === undefined) {
      block = {line, number: blocks.length + 1, start: item.start, end: item.end, lots: 0, workHours: 0, items: []};
      blocks.push(block);
    }
    block.end = item.end;
    block.lots += kind === 'FILL' ? 1 : 0;
    block.workHours += kind === 'CLEAN' ? 0 : hours;
    block.items.push(item);
  }
  return blocks;
}

function extent(activities: readonly Activity[]): {start: number; end: number} {
  let start = Infinity;
  let end = -Infinity;
  for (const activity of activities) {
    start = Math.min(start, Date.parse(activity.start));
    end = Math.max(end, Date.parse(activity.end));
  }
  return start <= end ? {start, end} : {start: 0, end: 0};
}

/** A track for each line, over one calendar; for each of `lines` where they are given, in their order, even without an activity. */
export function byLine(activities: readonly Activity[], clocks: Clocks = HERE, lines: readonly string[] = []): Layout {
  const {start, end} = extent(activities);
  const found = itemsByLine(activities);
  const rows = lines.length === 0 ? [...found] : lines.map((line) => [line, found.get(line) ?? []] as const);
  const tracks = rows.map(([label, items], track) => {
    items.forEach((item) => (item.track = track));
    return {label, origin: start, items};
  });
  return {tracks, hours: (end - start) / HOUR, calendar: true, types: typesOf(activities), start, end, clocks};
}

/** A track for each block, all beginning at the left: how full each sterile window is. */
export function byBlock(activities: readonly Activity[], clocks: Clocks = HERE): Layout {
  const {start, end} = extent(activities);
  const blocks = blocksOf(activities);
  const several = new Set(blocks.map(({line}) => line)).size > 1;
  const tracks = blocks.map((block, track) => {
    block.items.forEach((item) => (item.track = track));
    return {
      label: several ? `${block.line} · ${block.number}` : `Block ${block.number}`,
      origin: block.start,
      items: block.items,
    };
  });
  const hours = Math.max(0, ...blocks.map((block) => (block.end - block.start) / HOUR));
  return {tracks, hours, calendar: false, types: typesOf(activities), start, end, clocks};
}

/** The fills of lots whose name or type has a text in it, in the order of time. */
export function search(layout: Layout, text: string): Item[] {
  const wanted = text.trim().toLocaleLowerCase('en');
  const has = (value: string | undefined) => value?.toLocaleLowerCase('en').includes(wanted) === true;
  return wanted === ''
    ? []
    : layout.tracks
        .flatMap(({items}) => items)
        .filter(({activity: {kind, lot_id: id, lot_type: type}}) => kind === 'FILL' && (has(id) || has(type)))
        .sort((left, right) => left.start - right.start);
}

/** The item that the arrow keys lead to; the same where there is none in that direction. */
export function neighbour(layout: Layout, from: Item, key: string): Item {
  const items = layout.tracks[from.track]?.items ?? [];
  const at = items.indexOf(from);
  switch (key) {
    case 'ArrowLeft':
      return items[at - 1] ?? from;
    case 'ArrowRight':
      return items[at + 1] ?? from;
    case 'Home':
      return items[0] ?? from;
    case 'End':
      return items.at(-1) ?? from;
    case 'ArrowUp':
      return nearest(layout, from.track - 1, from) ?? from;
    case 'ArrowDown':
      return nearest(layout, from.track + 1, from) ?? from;
    default:
      return from;
  }
}

function nearest(layout: Layout, track: number, to: Item): Item | undefined {
  const place = (item: Item) => item.start - (layout.tracks[item.track]?.origin ?? 0);
  const items = layout.tracks[track]?.items ?? [];
  return items.reduce<Item | undefined>(
    (best, item) =>
      best === undefined || Math.abs(place(item) - place(to)) < Math.abs(place(best) - place(to)) ? item : best,
    undefined,
  );
}
