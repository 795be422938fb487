import type {CSSProperties, JSX} from 'preact';
import {memo} from 'preact/compat';
import {dateTime, number} from '../../words.js';
import type {Item, Layout} from './layout.js';
import type {Paint} from './paint.js';
import {calendarTicks, HOUR, hourTicks, weekends} from './ticks.js';

export const AXIS = 26;

export interface DrawingProps {
  layout: Layout;
  pixelsPerHour: number;
  paint: Paint;
  /** How high a track is, in pixels. */
  trackHeight: number;
  /** Room for the names of the tracks; 0 when they stand beside the drawing. */
  labels?: number;
  /** Draws room for so many hours, where several drawings share a scale. */
  hours?: number;
  title: string;
  /** The item that the keyboard is at. */
  current?: Item | undefined;
}

/** What a screen reader says of an activity, and what the tooltip begins with. */
export function saying({activity, start, end, from, to}: Item): string {
  const when = `${dateTime(start)} to ${dateTime(end)}, ${number(activity.duration_hours, 1)} hours`;
  switch (activity.kind) {
    case 'CLEAN':
      return `Clean, ${when}`;
    case 'CHANGEOVER':
      return from === to ? `Changeover within ${to}, ${when}` : `Changeover from ${from} to ${to}, ${when}`;
    case 'FILL':
      return `Lot ${activity.lot_id}, ${to}, ${activity.note}, ${when}`;
  }
}

/** The Gantt chart as one SVG, for the screen, for paper and for files. */
export function Drawing(props: DrawingProps): JSX.Element {
  const {layout, pixelsPerHour, paint, trackHeight, labels = 0} = props;
  const hours = props.hours ?? layout.hours;
  const width = labels + Math.ceil(hours * pixelsPerHour) + 1;
  const height = AXIS + layout.tracks.length * trackHeight + 6;
  return (
    <svg xmlns="http://www.w3.org/2000/svg" class="gantt" width={width} height={height} viewBox={`0 0 ${width} ${height}`}
      font-family={paint.font} font-size="11" role="list" aria-label={props.title}>
      <defs>
        <pattern id="clean" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" style={fill(paint.clean)} />
          <rect width="1.5" height="6" style={fill(paint.cleanLine)} />
        </pattern>
      </defs>
      <g transform={`translate(${labels} 0)`} aria-hidden="true">
        <Axis {...props} hours={hours} height={height} />
      </g>
      {layout.tracks.map((track, at) => (
        <g key={track.label} transform={`translate(${labels} ${AXIS + at * trackHeight})`}>
          {labels > 0 && <text x={-labels + 2} y={trackHeight / 2 + 4} style={fill(paint.ink)}>{track.label}</text>}
          {track.items.map((item, index) => (
            <Mark key={index} item={item} x={((item.start - track.origin) / HOUR) * pixelsPerHour}
              width={((item.end - item.start) / HOUR) * pixelsPerHour} height={trackHeight} paint={paint} types={layout.types}
              reachable={item === (props.current ?? layout.tracks[0]?.items[0])} />
          ))}
        </g>
      ))}
    </svg>
  );
}

/** Colours as styles: attributes do not know variables. */
function fill(color: string): CSSProperties {
  return {fill: color};
}

function stroke(color: string): CSSProperties {
  return {stroke: color};
}

function Axis(props: DrawingProps & {hours: number; height: number}): JSX.Element {
  const {layout, pixelsPerHour, paint, hours, height} = props;
  const ticks = layout.calendar ? calendarTicks(layout.start, hours, pixelsPerHour) : hourTicks(hours, pixelsPerHour);
  const right = hours * pixelsPerHour;
  return (
    <>
      {layout.calendar && weekends(layout.start, hours).map(({from, to}) => (
        <rect key={from} x={from * pixelsPerHour} y={AXIS} width={(to - from) * pixelsPerHour} height={height - AXIS} style={fill(paint.weekend)} />
      ))}
      {ticks.map(({at, label, strong}) => {
        const x = at * pixelsPerHour;
        const room = right - x;
        return (
          <g key={at}>
            <line x1={x} x2={x} y1={AXIS - 5} y2={height} style={stroke(paint.line)} stroke-width={strong ? 1.5 : 1} />
            {room > 40 && <text x={x + 4} y={AXIS - 9} style={fill(strong ? paint.ink : paint.faint)} font-weight={strong ? 600 : 400}>{label}</text>}
          </g>
        );
      })}
      <line x1={0} x2={right} y1={AXIS} y2={AXIS} style={stroke(paint.line)} />
    </>
  );
}

interface MarkProps {
  item: Item;
  x: number;
  width: number;
  height: number;
  paint: Paint;
  types: readonly string[];
  /** Whether the tabulator key stops here; from here on the arrow keys lead. */
  reachable: boolean;
}

const Mark = memo(function Mark({item, x, width, height, paint, types, reachable}: MarkProps): JSX.Element {
  const top = height > 30 ? 5 : 2;
  const tall = height - 2 * top;
  const seen = Math.max(width - 0.75, 0.5);
  return (
    <g class="mark" role="listitem" tabindex={reachable ? 0 : -1} aria-label={saying(item)} data-start={item.start} data-track={item.track}>
      {item.activity.kind === 'CLEAN' && <rect x={x} y={top} width={seen} height={tall} rx="2" fill="url(#clean)" />}
      {item.activity.kind === 'FILL' && (
        <>
          <rect x={x} y={top} width={seen} height={tall} rx="2" fill={colour(item.to, types, paint)} />
          {width > 34 && tall > 14 && (
            <text x={x + 5} y={top + tall / 2 + 4} fill="#fff" font-weight="550" pointer-events="none">{cut(item.activity.lot_id ?? '', width - 9)}</text>
          )}
        </>
      )}
      {item.activity.kind === 'CHANGEOVER' && <Changeover item={item} x={x} width={seen} top={top} tall={tall} types={types} paint={paint} />}
    </g>
  );
});

/** Half in the colour of what was, half in that of what comes, and lower than what is filled. */
function Changeover(props: {item: Item; x: number; width: number; top: number; tall: number; types: readonly string[]; paint: Paint}): JSX.Element {
  const {item, x, width, paint, types} = props;
  const y = props.top + props.tall * 0.28;
  const high = props.tall * 0.44;
  return (
    <>
      <rect x={x} y={props.top} width={width} height={props.tall} fill="transparent" />
      <rect x={x} y={y} width={width} height={high} fill={colour(item.from, types, paint)} opacity="0.7" />
      {item.from !== item.to && <polygon points={`${x + width},${y} ${x + width},${y + high} ${x},${y + high}`} fill={colour(item.to, types, paint)} />}
    </>
  );
}

function colour(type: string | undefined, types: readonly string[], paint: Paint): string {
  return paint.type(Math.max(0, types.indexOf(type ?? '')));
}

/** As much of a text as fits: about 6.8 pixels a letter at this size. */
function cut(text: string, width: number): string {
  const letters = Math.floor(width / 6.8);
  return text.length <= letters ? text : letters < 3 ? '' : `${text.slice(0, letters - 1)}…`;
}
