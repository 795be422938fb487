import type {JSX} from 'preact';
import {memo} from 'preact/compat';
import {dateTime, number} from '../../words.js';
import type {Item, Layout} from './layout.js';
import type {Paint} from './paint.js';
import {textured} from './textures.js';
import {HOUR} from './ticks.js';

/** What a screen reader says of an activity, and what the tooltip begins with. */
export function saying({activity, start, end, from, to}: Item, zone?: string): string {
  const when = `${dateTime(start, zone)} to ${dateTime(end, zone)}, ${number(activity.duration_hours, 1)} hours`;
  switch (activity.kind) {
    case 'CLEAN':
      return `Clean, ${when}`;
    case 'CHANGEOVER':
      return from === to ? `Changeover within ${to}, ${when}` : `Changeover from ${from} to ${to}, ${when}`;
    case 'FILL':
      return `Lot ${activity.lot_id}, ${to}, ${activity.note}, ${when}`;
  }
}

interface MarksProps {
  layout: Layout;
  paint: Paint;
  /** How high a track is, in pixels. */
  trackHeight: number;
  /** The item that the tabulator key stops at; from there on the arrow keys lead. */
  reachable: Item | undefined;
  /** The item that was searched for. */
  found?: Item | undefined;
  /** The lots that break a rule. */
  broken?: ReadonlySet<string> | undefined;
}

/**
 * The activities of all tracks. A unit across is an hour, whatever the scale is: zooming changes the transformation
 * that these are drawn in, and none of them.
 */
export const Marks = memo(function Marks({layout, paint, trackHeight, reachable, found, broken}: MarksProps): JSX.Element {
  return (
    <>
      {layout.tracks.map((track, at) => (
        <g key={track.label} transform={`translate(0 ${at * trackHeight})`}>
          {track.items.map((item, index) => (
            <Mark key={index} item={item} origin={track.origin} height={trackHeight} paint={paint} types={layout.types} zone={layout.clocks.name}
              reachable={item === reachable} found={item === found} broken={broken?.has(item.activity.lot_id ?? '') === true} />
          ))}
        </g>
      ))}
    </>
  );
});

interface MarkProps {
  item: Item;
  origin: number;
  height: number;
  paint: Paint;
  types: readonly string[];
  zone: string;
  reachable: boolean;
  found: boolean;
  broken: boolean;
}

const Mark = memo(function Mark({item, origin, height, paint, types, zone, reachable, found, broken}: MarkProps): JSX.Element {
  const {kind} = item.activity;
  const top = topOf(height);
  const place = {x: (item.start - origin) / HOUR, y: top, width: (item.end - item.start) / HOUR, height: height - 2 * top};
  return (
    <g class={`mark${found ? ' found' : ''}${broken ? ' broken' : ''}`} role="listitem" tabindex={reachable ? 0 : -1}
      aria-label={`${saying(item, zone)}${broken ? ', breaks a rule' : ''}`} data-start={item.start} data-track={item.track}
      data-lot={kind === 'FILL' ? item.activity.lot_id : undefined}>
      {kind === 'CHANGEOVER'
        ? <Changeover item={item} {...place} types={types} paint={paint} />
        : <rect {...place} fill={kind === 'CLEAN' ? 'url(#clean)' : textured(indexOf(item.to, types))} vector-effect="non-scaling-stroke" />}
    </g>
  );
});

/** How far a mark stays from the edges of its track. */
export function topOf(trackHeight: number): number {
  return trackHeight > 30 ? 5 : 2;
}

interface ChangeoverProps {
  item: Item;
  x: number;
  y: number;
  width: number;
  height: number;
  types: readonly string[];
  paint: Paint;
}

/** Half in the colour of what was, half in that of what comes, and lower than what is filled. */
function Changeover({item, x, y, width, height, types, paint}: ChangeoverProps): JSX.Element {
  const top = y + height * 0.28;
  const bottom = top + height * 0.44;
  return (
    <>
      <rect x={x} y={y} width={width} height={height} fill="transparent" stroke="none" vector-effect="non-scaling-stroke" />
      <rect x={x} y={top} width={width} height={bottom - top} fill={colour(item.from, types, paint)} opacity="0.7" stroke="none" />
      {item.from !== item.to && (
        <polygon points={`${x + width},${top} ${x + width},${bottom} ${x},${bottom}`} fill={colour(item.to, types, paint)} stroke="none" />
      )}
    </>
  );
}

function colour(type: string | undefined, types: readonly string[], paint: Paint): string {
  return paint.type(indexOf(type, types));
}

function indexOf(type: string | undefined, types: readonly string[]): number {
  return Math.max(0, types.indexOf(type ?? ''));
}
