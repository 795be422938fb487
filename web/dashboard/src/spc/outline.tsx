import type {JSX} from 'preact';
import {useRef, useState} from 'preact/hooks';
import {dateTime, number, significant, wholeDate} from '../words.js';
import type {Stage} from './api.js';
import {line} from './digits.js';
import {type Column, type Period, type Turn, turnOf} from './period.js';
import {rangeOf} from './state.js';

interface OutlineProps {
  columns: readonly Column[];
  stages: readonly Stage[];
  height: number;
  title: string;
  /** A period that is marked. */
  marked?: Period | undefined;
  /** A period was dragged over. */
  choose: (period: Period) => void;
  /** The wheel asked for another period. */
  turn?: ((turn: Turn) => void) | undefined;
}

/** A series whose samples are denser than pixels: from least to greatest of each column, with the limits of its stages. */
export function Outline(props: OutlineProps): JSX.Element {
  const {columns, stages, height, title, marked} = props;
  const box = useRef<HTMLDivElement>(null);
  const [drag, pull] = useState<[number, number]>();
  const [pointed, point] = useState<number>();
  const place = (event: PointerEvent) => {
    const {left, width} = box.current!.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const at = (fraction: number) => Math.min(columns.length - 1, Math.floor(fraction * columns.length));
  const end = () => {
    if (drag !== undefined && Math.abs(drag[1] - drag[0]) > 0.005) {
      const [first, last] = drag[0] < drag[1] ? drag : [drag[1], drag[0]];
      props.choose({from: Date.parse(columns[at(first)]!.from), to: Date.parse(columns[at(last)]!.to)});
    }
    pull(undefined);
  };
  const column = pointed === undefined ? undefined : columns[pointed];
  const span = drag ?? (marked && fractions(columns, marked));
  return (
    <div class="outline">
      <div class="outline-box" ref={box} role="img" aria-label={title} style={{height: `${height}px`}}
        onPointerDown={(event) => (box.current!.setPointerCapture(event.pointerId), pull([place(event), place(event)]))}
        onPointerMove={(event) => (point(at(place(event))), drag && pull([drag[0], place(event)]))}
        onPointerUp={end} onPointerLeave={() => point(undefined)}
        onWheel={(event) => {
          const asked = props.turn && turnOf(event, box.current!);
          asked && props.turn?.(asked);
        }}>
        <Drawing columns={columns} stages={stages} small={height < 100} />
        {height >= 100 && <Labels columns={columns} stages={stages} />}
        {span && <i class="outline-span" style={{left: `${span[0] * 100}%`, width: `${Math.max(0.3, (span[1] - span[0]) * 100)}%`}} />}
      </div>
      <div class="outline-foot small faint">
        <span>{columns[0] && wholeDate(columns[0].from)}</span>
        <span aria-hidden="true">{column && `${dateTime(column.from)}: ${number(column.samples)} samples, ${significant(column.min)} … ${significant(column.max)}`}</span>
        <span>{columns.length > 0 && wholeDate(columns.at(-1)!.to)}</span>
      </div>
    </div>
  );
}

function fractions(columns: readonly Column[], {from, to}: Period): [number, number] {
  const before = columns.filter((one) => Date.parse(one.to) < from).length;
  const until = columns.filter((one) => Date.parse(one.from) <= to).length;
  return [before / columns.length, until / columns.length];
}

const HIGH = 100;

/** The least and greatest of what is drawn. */
function extent(columns: readonly Column[], stages: readonly Stage[]): [number, number] {
  const lines = columns.map((one) => stageAt(stages, one)?.limits);
  return rangeOf([...columns.flatMap(({min, max}) => [min, max]), ...lines.flatMap((one) => [one?.ucl, one?.lcl])]);
}

/** What the limits of the last stage drawn are called, and where the scale ends. */
function Labels({columns, stages}: {columns: readonly Column[]; stages: readonly Stage[]}): JSX.Element {
  const [least, most] = extent(columns, stages);
  const limits = columns.length > 0 ? stageAt(stages, columns.at(-1)!)?.limits : undefined;
  const lines: [string, number | null | undefined][] = [['UCL', limits?.ucl], ['CL', limits?.center_line], ['LCL', limits?.lcl]];
  const scale = {ucl: most, lcl: least};
  return (
    <>
      <span class="outline-label left" style={{top: '8px'}}>{line(most, scale, 100)}</span>
      <span class="outline-label left" style={{bottom: '0'}}>{line(least, scale, 100)}</span>
      {limits && lines.map(([name, value]) => typeof value === 'number' && (
        <span key={name} class="outline-label" style={{top: `${(100 * (most - value)) / (most - least)}%`}}>{name} {line(value, limits, 100)}</span>
      ))}
    </>
  );
}

function Drawing({columns, stages, small}: {columns: readonly Column[]; stages: readonly Stage[]; small: boolean}): JSX.Element {
  const lines = columns.map((one) => stageAt(stages, one)?.limits);
  const [least, most] = extent(columns, stages);
  const y = (value: number) => (HIGH * (1 - (value - least) / (most - least))).toFixed(2);
  const drawn = columns.flatMap(({min, max}, at) => (min === null || max === null ? [] : [{at, min, max}]));
  const edge = (of: 'min' | 'max') => drawn.map((one) => `${one.at + 0.5},${y(one[of])}`);
  const level = (of: 'ucl' | 'center_line' | 'lcl') =>
    lines.map((one, at) => (typeof one?.[of] === 'number' ? `M${at} ${y(one[of])}h1` : '')).join('');
  const beyond = drawn.flatMap(({at, min, max}) => {
    const {ucl, lcl} = lines[at] ?? {ucl: null, lcl: null};
    return [...(ucl !== null && max > ucl ? [`M${at + 0.5} ${y(max)}h0`] : []), ...(lcl !== null && min < lcl ? [`M${at + 0.5} ${y(min)}h0`] : [])];
  });
  const borders = columns.flatMap((one, at) => (at > 0 && stageAt(stages, one)?.id !== stageAt(stages, columns[at - 1]!)?.id ? [`M${at} 0V${HIGH}`] : []));
  return (
    <svg viewBox={`0 0 ${Math.max(1, columns.length)} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
      {drawn.length > 0 && <path class="envelope" d={`M${[...edge('max'), ...edge('min').toReversed()].join('L')}Z`} />}
      <path class="centre" d={level('center_line')} />
      <path class="limit" d={level('ucl') + level('lcl')} />
      <path class="border" d={borders.join('')} />
      <path class={`beyond ${small ? 'small' : ''}`} d={beyond.join('')} />
    </svg>
  );
}

function stageAt(stages: readonly Stage[], {to}: Column): Stage | undefined {
  return stages.findLast(({from}) => from === null || from <= to) ?? stages[0];
}
