import {wholeDate} from '../words.js';
import type {Annotation} from './annotations.js';
import type {Limits, Sample} from './api.js';
import {line, plotted} from './digits.js';
import {borders, isBeyond, rangeOf, runs} from './state.js';

/** What a drawing of a chart needs. */
export interface Drawn {
  title: string;
  points: readonly Sample[];
  limits: Limits;
  usl: number | null;
  lsl: number | null;
  /** What people have said about samples. */
  annotations: readonly Annotation[];
}

const WIDE = 1_200;
const HIGH = 480;
const LEFT = 20;
const RIGHT = 130;
const TOP = 50;
const FOOT = 40;

/** The main chart as a drawing that every program can read: no style sheets, no fonts to load. */
export function chartSvg({title, points, limits, usl, lsl, annotations}: Drawn): string {
  const drawn = runs(points, limits);
  const [least, most] = rangeOf([...points.map(({value}) => value), ...drawn.flatMap(({lines}) => [lines.ucl, lines.lcl]), usl, lsl]);
  const x = (at: number) => Number((LEFT + ((at + 0.5) / Math.max(1, points.length)) * (WIDE - LEFT - RIGHT)).toFixed(1));
  const y = (value: number) => Number((TOP + (1 - (value - least) / (most - least)) * (HIGH - TOP - FOOT)).toFixed(1));
  const level = (from: number, to: number, value: number, look: string) => `<path d="M${x(from - 0.5)} ${y(value)}H${x(to + 0.5)}" ${look}/>`;
  const last = drawn.at(-1)?.lines;
  const names: [string, number | null | undefined][] = [['USL', usl], ['UCL', last?.ucl], ['CL', last?.center_line], ['LCL', last?.lcl], ['LSL', lsl]];
  const said = remarks(annotations);
  const spec = 'stroke="#777" stroke-dasharray="2 4"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDE}" height="${HIGH}" viewBox="0 0 ${WIDE} ${HIGH}" font-family="sans-serif" font-size="12" fill="none">`,
    `<rect width="${WIDE}" height="${HIGH}" fill="#fff"/>`,
    text(LEFT, 24, title, 'font-size="17" font-weight="600"'),
    ...[usl, lsl].map((value) => (value === null ? '' : level(0, points.length - 1, value, spec))),
    ...drawn.flatMap(({from, to, lines}) => [
      level(from, to, lines.ucl, 'stroke="#b3261e" stroke-dasharray="7 4"'), level(from, to, lines.lcl, 'stroke="#b3261e" stroke-dasharray="7 4"'),
      level(from, to, lines.center_line, 'stroke="#0b5f8a"')]),
    ...borders(points).map((at) => `<path d="M${x(at - 0.5)} ${TOP}V${HIGH - FOOT}" stroke="#999"/>`),
    `<polyline points="${points.map(({value}, at) => `${x(at)},${y(value)}`).join(' ')}" stroke="#222"/>`,
    ...points.map((one, at) => dot(one, x(at), y(one.value))),
    ...points.map((one, at) => (said.has(one.sample_id) ? flag(x(at), y(one.value), said.get(one.sample_id)!) : '')),
    ...names.map(([name, value]) => (typeof value === 'number' ? text(WIDE - RIGHT + 8, y(value) + 4, `${name} ${line(value, limits, 100)}`, '') : '')),
    ...[points[0], points.at(-1)].map((one, at) => (one ? text(at === 0 ? LEFT : WIDE - RIGHT, HIGH - 14, wholeDate(one.timestamp), `fill="#555" text-anchor="${at === 0 ? 'start' : 'end'}"`) : '')),
    '</svg>',
  ].join('');
}

/** A point, with another shape where it lies beyond the limits, and its value for those who point at it. */
function dot(sample: Sample, x: number, y: number): string {
  const violates = (sample.violation_ids?.length ?? 0) > 0;
  const colour = sample.excluded ? '#fff' : isBeyond(sample) ? '#b3261e' : violates ? '#8a5a00' : '#222';
  const shape = isBeyond(sample) ? `<rect x="${x - 4.5}" y="${y - 4.5}" width="9" height="9"` : `<circle cx="${x}" cy="${y}" r="${violates ? 4.5 : 3}"`;
  const name = shape.startsWith('<rect') ? 'rect' : 'circle';
  return `${shape} fill="${colour}" stroke="${sample.excluded ? '#777' : '#fff'}"><title>${escaped(plotted(sample))}</title></${name}>`;
}

/** What has been said about samples, in a line each. */
export function remarks(annotations: readonly Annotation[]): Map<number, string> {
  const said = new Map<number, string>();
  annotations.forEach(({sample_id: id, text: words, author}) => said.set(id, `${said.has(id) ? `${said.get(id)}; ` : ''}${words} (${author})`));
  return said;
}

/** A flag over an annotated point, with the words for those who point at it. */
function flag(x: number, y: number, words: string): string {
  const top = Math.max(TOP - 14, y - 22);
  return `<path d="M${x} ${y - 6}V${top}l9 4l-9 4" stroke="#0b5f8a" fill="#0b5f8a"><title>${escaped(words)}</title></path>`;
}

function text(x: number, y: number, words: string, look: string): string {
  return `<text x="${x}" y="${y}" ${look.includes('fill=') ? '' : 'fill="#222"'} ${look}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
