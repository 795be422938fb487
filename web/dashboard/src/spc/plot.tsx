import 'uplot/dist/uPlot.min.css';
import type {JSX} from 'preact';
import {useEffect, useLayoutEffect, useRef, useState} from 'preact/hooks';
import uPlot from 'uplot';
import {theme} from '../ui/theme.js';
import {dateTime} from '../words.js';
import {exact, line, plotted} from './digits.js';
import type {Limits, Sample} from './api.js';
import {type Turn, turnOf} from './period.js';
import {borders, isBeyond, linesAt, rangeOf, runs, zoneWords} from './state.js';

export interface PlotProps {
  points: readonly Sample[];
  limits: Limits;
  /** Specification lines: upper, target, lower. */
  specification?: {usl: number | null; target: number | null; lsl: number | null};
  /** The samples that are to stand out. */
  chosen: ReadonlySet<number>;
  /** The samples of which somebody has said something, with the words. */
  flagged?: ReadonlyMap<number, string>;
  /** What of a sample is drawn. */
  value: (sample: Sample) => number | null | undefined;
  /** What a second line shows. */
  second?: ((sample: Sample) => number | null | undefined) | undefined;
  /** Whether zones A and B are shown; they are unless it is false. */
  zones?: boolean;
  height: number;
  title: string;
  /** Samples were dragged over, from one to another. */
  choose?: ((from: Sample, to: Sample) => void) | undefined;
  /** The wheel asked for another period. */
  turn?: ((turn: Turn) => void) | undefined;
}

/** The colours of the page as it is at present. */
function colours(element: Element): Record<string, string> {
  const probe = document.createElement('i');
  element.append(probe);
  const resolved = (color: string) => {
    probe.style.color = color;
    return getComputedStyle(probe).color;
  };
  const found = {
    ink: resolved('var(--ink)'), faint: resolved('var(--ink-3)'), line: resolved('var(--line)'), accent: resolved('var(--accent)'),
    bad: resolved('var(--bad)'), warn: resolved('var(--warn)'), paper: resolved('var(--surface)'),
    zoneA: resolved('light-dark(#fbf3e4, #2b2416)'), zoneB: resolved('light-dark(#f7f7f4, #1e2225)'),
  };
  probe.remove();
  return found;
}

/** A control chart: zones, limits, specification and points, in the order in which samples were taken. */
export function Plot(props: PlotProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const model = useRef(props);
  model.current = props;
  const [pointed, point] = useState<number>();
  const [scheme, setScheme] = useState(0);
  const look = theme.value;

  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const changed = () => setScheme((before) => before + 1);
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, []);

  useLayoutEffect(() => {
    const element = box.current!;
    const paint = colours(element);
    const made = new uPlot(options(element.clientWidth, model, paint, point), dataOf(props), element);
    plot.current = made;
    const watching = new ResizeObserver(() => made.setSize({width: element.clientWidth, height: model.current.height}));
    watching.observe(element);
    const turned = (event: WheelEvent) => {
      const asked = model.current.turn && turnOf(event, made.over);
      asked && model.current.turn?.(asked);
    };
    made.over.addEventListener('wheel', turned, {passive: false});
    return () => {
      watching.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [look, scheme, props.height]);

  useLayoutEffect(() => {
    plot.current?.setData(dataOf(props));
    plot.current?.redraw(true, true); // as many points as before have other times
  }, [props.points, props.limits]);
  useLayoutEffect(() => plot.current?.redraw(), [props.chosen, props.specification, props.flagged]);

  const sample = pointed === undefined ? undefined : props.points[pointed];
  return (
    <div class="plot" role="img" aria-label={props.title}>
      <div ref={box} />
      <p class="plot-said small" aria-hidden="true">
        {sample === undefined ? ' ' : <>
          <strong>{props.value(sample) === sample.value ? plotted(sample) : exact(props.value(sample))}</strong> · {dateTime(sample.timestamp)}{props.zones !== false && ` · ${zoneWords(sample.zone)}`}
          {sample.excluded && ' · left out'}{sample.batch_number && ` · batch ${sample.batch_number}`}{props.flagged?.has(sample.sample_id) && ` · ${props.flagged.get(sample.sample_id)}`}
        </>}
      </p>
    </div>
  );
}

function dataOf({points, value, second}: PlotProps): uPlot.AlignedData {
  const drawn = [value, second ?? (() => null)].map((of) => points.map((one) => of(one) ?? null));
  return [points.map((_, at) => at), ...drawn];
}

function options(
  width: number,
  model: {current: PlotProps},
  paint: Record<string, string>,
  point: (at: number | undefined) => void,
): uPlot.Options {
  const font = '11px Inter, ui-sans-serif, system-ui, sans-serif';
  return {
    width,
    height: model.current.height,
    padding: [10, 76, 0, 0],
    legend: {show: false},
    cursor: {y: false, drag: {x: true, y: false, setScale: false}, points: {size: 9, width: 2, stroke: paint['accent']!, fill: paint['paper']!}},
    scales: {
      x: {time: false, range: () => [-0.5, Math.max(9.5, model.current.points.length - 0.5)]},
      y: {range: () => yRange(model.current)},
    },
    axes: [
      {
        stroke: paint['faint']!, font, grid: {show: false}, ticks: {stroke: paint['line']!, size: 4}, gap: 4, size: 28, space: 90,
        values: (_, at) => at.map((index) => axisTime(model.current.points[index])),
      },
      {
        stroke: paint['faint']!, font, grid: {show: false}, ticks: {stroke: paint['line']!, size: 4}, size: 62, gap: 4,
        values: (_, at) => at.map((value) => exact(value)),
      },
    ],
    series: [{}, ...[1, 2].map(() => ({stroke: paint['ink']!, width: 1.25, points: {show: false}}))],
    hooks: {
      drawClear: [(u) => background(u, model.current, paint)],
      draw: [(u) => foreground(u, model.current, paint)],
      setCursor: [(u) => point(u.cursor.idx ?? undefined)],
      setSelect: [(u) => chosen(u, model.current)],
    },
  };
}

/** Tells which samples were dragged over, if it was more than a touch. */
function chosen(u: uPlot, {points, choose}: PlotProps): void {
  const {left, width} = u.select;
  const [from, to] = [u.posToIdx(left), u.posToIdx(left + width)].map((at) => points[at]);
  if (width > 8 && from && to && from !== to) {
    choose?.(from, to);
  }
  u.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
}

function axisTime(sample: Sample | undefined): string {
  return sample === undefined ? '' : dateTime(sample.timestamp);
}

function yRange({points, limits, specification, value, second}: PlotProps): [number, number] {
  const drawn = runs(points, limits).flatMap(({lines: own}) => [own.ucl, own.lcl]);
  const lines = [limits.ucl, limits.lcl, limits.center_line, ...drawn];
  const spec = specification ? [specification.usl, specification.lsl] : [];
  return rangeOf([...points.map(value), ...(second ? points.map(second) : []), ...lines, ...spec]);
}

/** Zones A and B as bands; zone C is the paper. */
function background(u: uPlot, {points, limits, zones}: PlotProps, paint: Record<string, string>): void {
  if (zones === false) {
    return;
  }
  const {ctx} = u;
  const y = (value: number) => u.valToPos(value, 'y', true);
  const x = (at: number) => u.valToPos(at, 'x', true);
  ctx.save();
  clip(u);
  for (const {from, to, lines} of runs(points, limits)) {
    const up = (lines.ucl - lines.center_line) / 3;
    const down = (lines.center_line - lines.lcl) / 3;
    const left = x(from - 0.5);
    const width = x(to + 0.5) - left;
    const band = (low: number, high: number, color: string) => {
      ctx.fillStyle = color;
      ctx.fillRect(left, y(high), width, y(low) - y(high));
    };
    band(lines.center_line + 2 * up, lines.ucl, paint['zoneA']!);
    band(lines.lcl, lines.center_line - 2 * down, paint['zoneA']!);
    band(lines.center_line + up, lines.center_line + 2 * up, paint['zoneB']!);
    band(lines.center_line - 2 * down, lines.center_line - down, paint['zoneB']!);
  }
  ctx.restore();
}

function clip({ctx, bbox}: uPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

/** Limits and points, over the line that joins them. */
function foreground(u: uPlot, model: PlotProps, paint: Record<string, string>): void {
  const {ctx} = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.save();
  clip(u);
  ctx.lineWidth = 1.25 * ratio;
  for (const {from, to, lines} of runs(model.points, model.limits)) {
    across(u, from - 0.5, to + 0.5, lines.ucl, paint['bad']!, [6, 4]);
    across(u, from - 0.5, to + 0.5, lines.lcl, paint['bad']!, [6, 4]);
    across(u, from - 0.5, to + 0.5, lines.center_line, paint['accent']!, []);
  }
  const end = Math.max(9.5, model.points.length - 0.5);
  const spec = model.specification;
  [spec?.usl, spec?.lsl].forEach((value) => typeof value === 'number' && across(u, -0.5, end, value, paint['faint']!, [1, 4]));
  borders(model.points).forEach((at) => downward(u, at - 0.5, paint['faint']!));
  ctx.restore();
  names(u, model, paint);
  ctx.save();
  clip(u);
  model.points.forEach((sample, at) => dot(u, sample, at, model, paint));
  model.points.forEach((sample, at) => secondDot(u, sample, at, model, paint));
  model.points.forEach((sample, at) => model.flagged?.has(sample.sample_id) && flag(u, at, model.value(sample), paint['accent']!));
  ctx.restore();
  ctx.restore();
}

function across(u: uPlot, from: number, to: number, value: number, color: string, dash: number[]): void {
  const {ctx} = u;
  const at = Math.round(u.valToPos(value, 'y', true)) + 0.5;
  ctx.strokeStyle = color;
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio));
  ctx.beginPath();
  ctx.moveTo(u.valToPos(from, 'x', true), at);
  ctx.lineTo(u.valToPos(to, 'x', true), at);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** The border between two stages. */
function downward(u: uPlot, x: number, color: string): void {
  const {ctx, bbox} = u;
  const at = Math.round(u.valToPos(x, 'x', true)) + 0.5;
  ctx.strokeStyle = color;
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
}

/** What the lines are called, at the right, never one over another. */
function names(u: uPlot, {points, limits, specification}: PlotProps, paint: Record<string, string>): void {
  const {ctx} = u;
  const last = points.at(-1);
  const shown: [string, number | null | undefined, string][] = [
    ['UCL', last?.ucl ?? limits.ucl, paint['bad']!],
    ['CL', last?.center_line ?? limits.center_line, paint['accent']!],
    ['LCL', last?.lcl ?? limits.lcl, paint['bad']!],
    ['USL', specification?.usl, paint['faint']!],
    ['LSL', specification?.lsl, paint['faint']!],
  ];
  const ratio = devicePixelRatio;
  ctx.font = `${10.5 * ratio}px Inter, ui-sans-serif, system-ui, sans-serif`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const taken: number[] = [];
  for (const [name, value, color] of shown) {
    if (typeof value !== 'number') {
      continue;
    }
    const at = u.valToPos(value, 'y', true);
    if (taken.every((other) => Math.abs(other - at) > 12 * ratio)) {
      taken.push(at);
      ctx.fillStyle = color;
      ctx.fillText(`${name} ${line(value, limits, 100)}`, u.bbox.left + u.bbox.width + 4 * ratio, at);
    }
  }
}

/** A point of the second line, judged by the lines alone. */
function secondDot(u: uPlot, sample: Sample, at: number, model: PlotProps, paint: Record<string, string>): void {
  const value = model.second?.(sample);
  const lines = linesAt(sample, model.limits);
  if (typeof value === 'number') {
    const beyond = lines !== undefined && (value > lines.ucl || value < lines.lcl);
    dot(u, {...sample, zone: beyond ? 'beyond_lcl' : null, violation_ids: []}, at, {...model, value: () => value}, paint);
  }
}

/** A flag over a point that somebody has annotated. */
function flag(u: uPlot, at: number, value: number | null | undefined, color: string): void {
  if (typeof value !== 'number') {
    return;
  }
  const {ctx} = u;
  const ratio = devicePixelRatio;
  const x = u.valToPos(at, 'x', true);
  const y = u.valToPos(value, 'y', true);
  const up = y - 22 * ratio > u.bbox.top ? -1 : 1;
  ctx.strokeStyle = ctx.fillStyle = color;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(x, y + up * 6 * ratio);
  ctx.lineTo(x, y + up * 22 * ratio);
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(x, y + up * 22 * ratio);
  ctx.lineTo(x + 9 * ratio, y + up * 18 * ratio);
  ctx.lineTo(x, y + up * 14 * ratio);
  ctx.fill();
}

function dot(u: uPlot, sample: Sample, at: number, model: PlotProps, paint: Record<string, string>): void {
  const value = model.value(sample);
  if (typeof value !== 'number') {
    return;
  }
  const {ctx} = u;
  const ratio = devicePixelRatio;
  const x = u.valToPos(at, 'x', true);
  const y = u.valToPos(value, 'y', true);
  const violates = (sample.violation_ids?.length ?? 0) > 0;
  const beyond = isBeyond(sample);
  const dense = model.points.length > 250;
  const size = (beyond || violates ? 4.5 : dense ? 1.5 : 3) * ratio;
  if (model.chosen.has(sample.sample_id)) {
    ctx.beginPath();
    ctx.arc(x, y, 9 * ratio, 0, 2 * Math.PI);
    ctx.strokeStyle = paint['accent']!;
    ctx.lineWidth = 2 * ratio;
    ctx.stroke();
  }
  ctx.beginPath();
  if (beyond) {
    ctx.rect(x - size, y - size, 2 * size, 2 * size); // another shape for those who do not see colours
  } else {
    ctx.arc(x, y, size, 0, 2 * Math.PI);
  }
  ctx.fillStyle = sample.excluded ? paint['paper']! : beyond ? paint['bad']! : violates ? paint['warn']! : paint['ink']!;
  ctx.fill();
  ctx.strokeStyle = sample.excluded ? paint['faint']! : paint['paper']!;
  ctx.lineWidth = ratio;
  ctx.stroke();
}
