import type {CSSProperties, JSX} from 'preact';
import {memo} from 'preact/compat';
import type {Item, Layout, Track} from './layout.js';
import {Marks, topOf} from './marks.js';
import type {Paint} from './paint.js';
import {Textures} from './textures.js';
import {calendarTicks, HOUR, hourTicks, type Span, weekends} from './ticks.js';

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
  /** The item that was searched for. */
  found?: Item | undefined;
  /** The lots that break a rule. */
  broken?: ReadonlySet<string> | undefined;
  /** The item that the keyboard is at. */
  current?: Item | undefined;
  /** What is to be seen at present, in pixels: only there is anything written. Everywhere when undefined. */
  seen?: Span;
}

/** Marks that are narrower than this on average have no room for lines between them. */
const LINED_FROM = 4;

/** The Gantt chart as one SVG, for the screen, for paper and for files. */
export const Drawing = memo(function Drawing(props: DrawingProps): JSX.Element {
  const {layout, pixelsPerHour, paint, trackHeight, labels = 0} = props;
  const hours = props.hours ?? layout.hours;
  const width = labels + Math.ceil(hours * pixelsPerHour) + 1;
  const height = AXIS + layout.tracks.length * trackHeight + 6;
  const seen = props.seen ?? {from: 0, to: width};
  const lined = pixelsPerHour * averageHours(layout) > LINED_FROM;
  return (
    <svg xmlns="http://www.w3.org/2000/svg" class="gantt" width={width} height={height} viewBox={`0 0 ${width} ${height}`}
      font-family={paint.font} font-size="11" role="list" aria-label={props.title}>
      <defs>
        <pattern id="clean" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform={`scale(${1 / pixelsPerHour} 1) rotate(45)`}>
          <rect width="6" height="6" style={fill(paint.clean)} />
          <rect width="1.5" height="6" style={fill(paint.cleanLine)} />
        </pattern>
        <Textures count={layout.types.length} paint={paint} pixelsPerHour={pixelsPerHour} />
      </defs>
      <g transform={`translate(${labels} 0)`} aria-hidden="true">
        {labels > 0 && <text x={-labels + 2} y={AXIS - 9} style={fill(paint.faint)}>{cut(layout.clocks.name, labels - 8)}</text>}
        <Axis {...props} hours={hours} height={height} seen={seen} />
      </g>
      <g transform={`translate(${labels} ${AXIS}) scale(${pixelsPerHour} 1)`} style={stroke(paint.paper)} stroke-width={lined ? 0.75 : 0}>
        <Marks layout={layout} paint={paint} trackHeight={trackHeight} found={props.found} broken={props.broken}
          reachable={props.current ?? layout.tracks[0]?.items[0]} />
      </g>
      <g transform={`translate(${labels} ${AXIS})`} aria-hidden="true" pointer-events="none">
        {layout.tracks.map((track, at) => (
          <g key={track.label} transform={`translate(0 ${at * trackHeight})`}>
            {labels > 0 && <text x={-labels + 2} y={trackHeight / 2 + 4} style={fill(paint.ink)}>{track.label}</text>}
            <Lots track={track} pixelsPerHour={pixelsPerHour} trackHeight={trackHeight} seen={seen} />
          </g>
        ))}
      </g>
    </svg>
  );
});

function averageHours({tracks, hours}: Layout): number {
  const most = Math.max(1, ...tracks.map(({items}) => items.length));
  return hours / most;
}

/** Colours as styles: attributes do not know variables. */
function fill(color: string): CSSProperties {
  return {fill: color};
}

function stroke(color: string): CSSProperties {
  return {stroke: color};
}

/** The least width and height that a lot's name has room in. */
const NAMED = {width: 34, height: 14};

/** The names of a track's lots, where they are to be seen and have room. */
function Lots(props: {track: Track; pixelsPerHour: number; trackHeight: number; seen: Span}): JSX.Element {
  const {track, pixelsPerHour, trackHeight, seen} = props;
  const x = (time: number) => ((time - track.origin) / HOUR) * pixelsPerHour;
  const named = trackHeight - 2 * topOf(trackHeight) > NAMED.height
    ? track.items.filter(({activity, start, end}) =>
        activity.kind === 'FILL' && x(end) - x(start) > NAMED.width && x(end) > seen.from && x(start) < seen.to)
    : [];
  return (
    <>
      {named.map(({activity, start, end}) => (
        <text key={start} x={x(start) + 5} y={trackHeight / 2 + 4} fill="#fff" font-weight="550">
          {cut(activity.lot_id ?? '', x(end) - x(start) - 9)}
        </text>
      ))}
    </>
  );
}

function Axis(props: DrawingProps & {hours: number; height: number; seen: Span}): JSX.Element {
  const {layout, pixelsPerHour, paint, hours, height} = props;
  const right = hours * pixelsPerHour;
  const from = Math.max(0, props.seen.from) / pixelsPerHour;
  const to = Math.min(hours, props.seen.to / pixelsPerHour);
  const ticks = layout.calendar
    ? calendarTicks(layout.start, {from, to}, pixelsPerHour, layout.clocks)
    : hourTicks({from, to}, pixelsPerHour);
  return (
    <>
      {layout.calendar && weekends(layout.start, hours, layout.clocks).map(({from, to}) => (
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

/** As much of a text as fits: about 6.8 pixels a letter at this size. */
function cut(text: string, width: number): string {
  const letters = Math.floor(width / 6.8);
  return text.length <= letters ? text : letters < 3 ? '' : `${text.slice(0, letters - 1)}…`;
}
