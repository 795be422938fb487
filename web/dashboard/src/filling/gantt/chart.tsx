import './gantt.css';
import type {JSX} from 'preact';
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {Button, Menu, Search, Tabs} from '../../ui/parts.js';
import {attempt} from '../../ui/toasts.js';
import {number, wholeDate} from '../../words.js';
import type {Clocks} from '../../clocks.js';
import type {Activity} from '../api.js';
import {described, dropped, type LotMove, recleaned, shifted} from '../revise/moves.js';
import {type Held, useDrag} from './drag.js';
import {AXIS, Drawing} from './drawing.js';
import {savePng, saveSvg} from './export.js';
import {byBlock, byLine, type Item, type Layout, neighbour, search} from './layout.js';
import {Legend} from './legend.js';
import {SCREEN} from './paint.js';
import {HOUR} from './ticks.js';
import {useViewport, type Viewport} from './viewport.js';

export interface ChartProps {
  activities: readonly Activity[];
  /** What the chart is of, for its files and for screen readers. */
  title: string;
  /** The site's. */
  clocks: Clocks;
  /** Lets lots be moved. */
  editing?: Editing | undefined;
}

/** What a chart needs to let lots be moved. */
export interface Editing {
  /** The names of all lines, in their order. */
  lines: readonly string[];
  /** The lots that break a rule. */
  broken: ReadonlySet<string>;
  move: (step: readonly LotMove[]) => void;
}

type View = 'calendar' | 'blocks';

/** A schedule as a Gantt chart that can be zoomed, read by keyboard, saved and printed. */
export function Chart({activities, title, clocks, editing}: ChartProps): JSX.Element {
  const [chosen, choose] = useState<View>('calendar');
  const view = editing ? 'calendar' : chosen;
  const lines = editing?.lines;
  const layout = useMemo(
    () => (view === 'calendar' ? byLine(activities, clocks, lines) : byBlock(activities, clocks)), [activities, view, clocks, lines]);
  const zoom = useViewport(layout);
  const trackHeight = heightOf(view, layout);
  const [current, setCurrent] = useState<Item>();
  const [pointed, point] = useState<Pointed>();
  const [text, setText] = useState('');
  const [turn, setTurn] = useState(0);
  const matches = useMemo(() => search(layout, text), [layout, text]);
  const found = matches[turn % Math.max(1, matches.length)];
  const moved = useRef<string | undefined>(undefined);
  const move = (item: Item, step: readonly LotMove[]) => {
    if (step.length > 0) {
      moved.current = item.activity.lot_id;
      editing?.move(step);
    }
  };
  const drag = useDrag(layout, zoom.scale, trackHeight, (item, track, time) => move(item, stepOf(dropped(layout, item, track, time))));
  useEffect(() => {
    if (moved.current !== undefined) {
      zoom.box.current?.querySelector<SVGGElement>(`[data-lot="${CSS.escape(moved.current)}"]`)?.focus({preventScroll: true});
      moved.current = undefined;
    }
  }, [layout]);
  useEffect(() => {
    if (found) {
      markOf(zoom.box.current, found)?.scrollIntoView({block: 'nearest', inline: 'center'});
    }
  }, [found]);
  return (
    <section class={editing ? 'card chart editing' : 'card chart'} aria-label="Gantt chart">
      <div class="card-head no-print">
        <h2>Gantt chart <span class="small faint">times in {clocks.name}</span></h2>
        {!editing && (
          <Tabs label="Rows" value={view} choose={choose}
            options={[{value: 'calendar', text: 'By line'}, {value: 'blocks', text: 'By block'}]} />
        )}
        <div class="finder" onKeyDown={(event) => event.key === 'Enter' && setTurn(turn + 1)}>
          <Search label="Find a lot or type" value={text} change={(typed) => (setText(typed), setTurn(0))} />
          {text.trim() !== '' && (
            <span class="small faint" role="status">{matches.length === 0 ? 'none' : `${(turn % matches.length) + 1} of ${matches.length}`}</span>
          )}
        </div>
        <div class="zoom" role="group" aria-label="Zoom">
          <Button small kind="plain" icon="minus" name="Zoom out" disabled={!zoom.canOut} onClick={() => zoom.step(false)} />
          <Button small kind="plain" icon="fit" name="Show all" disabled={!zoom.canOut} onClick={zoom.fit} />
          <Button small kind="plain" icon="plus" name="Zoom in" disabled={!zoom.canIn} onClick={() => zoom.step(true)} />
        </div>
        <Menu name="Save the chart" icon="save">
          <button type="button" onClick={() => void attempt(() => savePng(activities, title, clocks))}>Picture (PNG)</button>
          <button type="button" onClick={() => void attempt(() => saveSvg(activities, title, clocks))}>Drawing (SVG)</button>
          <button type="button" onClick={() => print()}>Print…</button>
        </Menu>
      </div>
      <Legend layout={layout} />
      <div class="chart-body">
        <div class="track-names" style={{paddingTop: `${AXIS}px`}} aria-hidden="true">
          {layout.tracks.map((track) => (
            <div key={track.label} class="cut" style={{height: `${trackHeight}px`}} title={track.label}>{track.label}</div>
          ))}
        </div>
        <div class="chart-scroll" ref={zoom.box}
          onScroll={() => {
            point(undefined);
            zoom.scrolled();
          }}
          onPointerDown={(event) => {
            const at = editing && pointedAt(event.target, layout);
            if (at) {
              drag.down(event, at.item);
            }
          }}
          onPointerMove={drag.move} onTouchMove={drag.touch} onPointerUp={drag.up} onPointerCancel={drag.cancel}
          onKeyDown={(event) => {
            const at = editing && pointedAt(event.target, layout)?.item;
            const step = at ? stepByKey(event, layout, at) : undefined;
            if (at && step) {
              event.preventDefault();
              move(at, step);
              return;
            }
            const next = keyed(event, layout, zoom);
            if (next) {
              setCurrent(next);
            }
          }}
          onPointerOver={(event) => point(pointedAt(event.target, layout))} onPointerLeave={() => point(undefined)}
          onFocusIn={(event) => {
            const found = pointedAt(event.target, layout);
            point(found);
            setCurrent(found?.item);
          }}
          onFocusOut={() => point(undefined)}>
          <Drawing layout={layout} pixelsPerHour={zoom.scale} paint={SCREEN} trackHeight={trackHeight} current={current} found={found} broken={editing?.broken} seen={zoom.seen}
            title={`${title}: ${layout.tracks.length} ${view === 'calendar' ? 'lines' : 'blocks'}; the arrow keys lead from one activity to the next`} />
          {drag.held && <DropHint held={drag.held} layout={layout} scale={zoom.scale} trackHeight={trackHeight} />}
        </div>
      </div>
      {pointed && !drag.held && <Tip pointed={pointed} zone={clocks.name} />}
    </section>
  );
}

function stepOf(move: LotMove | undefined): LotMove[] {
  return move === undefined ? [] : [move];
}

/** The moves that a key stands for; undefined for a key that moves nothing. */
function stepByKey(event: KeyboardEvent, layout: Layout, item: Item): LotMove[] | undefined {
  if (item.activity.kind !== 'FILL') {
    return undefined;
  }
  if (event.shiftKey && /^Arrow/.test(event.key)) {
    return stepOf(shifted(layout, item, event.key));
  }
  return event.key === 'c' && !event.ctrlKey && !event.metaKey ? recleaned(layout, item) : undefined;
}

/** Where the lot that is dragged would go. */
function DropHint({held, layout, scale, trackHeight}: {held: Held; layout: Layout; scale: number; trackHeight: number}): JSX.Element {
  const move = dropped(layout, held.item, held.track, layout.start + (held.x / scale) * HOUR);
  return (
    <div class="drop-hint" style={{left: `${held.x}px`, top: `${AXIS + held.track * trackHeight}px`, height: `${trackHeight}px`}}>
      <span>{move === undefined ? `${held.item.activity.lot_id} stays` : described(move)}</span>
    </div>
  );
}

function heightOf(view: View, layout: Layout): number {
  return view === 'calendar' ? (layout.tracks.length > 6 ? 34 : 46) : 26;
}

function keyed(event: KeyboardEvent, layout: Layout, zoom: Viewport): Item | undefined {
  if (event.key === '+' || event.key === '=' || event.key === '-') {
    event.preventDefault();
    zoom.step(event.key !== '-');
    return undefined;
  }
  if (event.key === '0') {
    zoom.fit();
    return undefined;
  }
  const from = pointedAt(event.target, layout)?.item;
  if (from === undefined || !/^Arrow|^Home$|^End$/.test(event.key)) {
    return undefined;
  }
  event.preventDefault();
  const next = neighbour(layout, from, event.key);
  const mark = markOf(event.currentTarget as HTMLElement, next);
  mark?.focus({preventScroll: true});
  mark?.scrollIntoView({block: 'nearest', inline: 'center'});
  return next;
}

function markOf(box: HTMLElement | null, item: Item): SVGGElement | null | undefined {
  return box?.querySelector<SVGGElement>(`[data-track="${item.track}"][data-start="${item.start}"]`);
}

interface Pointed {
  item: Item;
  rect: DOMRect;
}

function pointedAt(target: EventTarget | null, layout: Layout): Pointed | undefined {
  const mark = (target as Element | null)?.closest?.('.mark');
  const track = layout.tracks[Number(mark?.getAttribute('data-track'))];
  const item = track?.items.find(({start}) => start === Number(mark?.getAttribute('data-start')));
  return mark && item ? {item, rect: mark.getBoundingClientRect()} : undefined;
}

/** What an activity is; beside what is pointed at, never outside the window. */
function Tip({pointed: {item, rect}, zone}: {pointed: Pointed; zone: string}): JSX.Element {
  const {activity, from, to} = item;
  const left = Math.min(Math.max(rect.left + rect.width / 2, 150), innerWidth - 150);
  const above = rect.top > 180;
  return (
    <div class={`tip ${above ? 'above' : ''}`} role="presentation"
      style={{left: `${left}px`, top: `${above ? rect.top - 8 : rect.bottom + 8}px`}}>
      <strong>{headline(item)}</strong>
      {activity.kind === 'FILL' && <span>{to} · {activity.note}</span>}
      {activity.kind === 'CHANGEOVER' && <span>{from === to ? `Within ${to}` : `${from} → ${to}`}</span>}
      <span>{wholeDate(item.start, zone)}<br />to {wholeDate(item.end, zone)}</span>
      <span class="faint">{number(activity.duration_hours, 2)} h · {activity.line}</span>
    </div>
  );
}

function headline({activity}: Item): string {
  switch (activity.kind) {
    case 'CLEAN':
      return activity.note || 'Clean';
    case 'CHANGEOVER':
      return `Changeover before ${activity.lot_id}`;
    case 'FILL':
      return activity.lot_id ?? '';
  }
}
