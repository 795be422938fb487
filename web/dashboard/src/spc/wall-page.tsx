import './spc.css';
import type {JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {Button, Empty, Loading, Notice, PageHead} from '../ui/parts.js';
import {dateTime} from '../words.js';
import {line} from './digits.js';
import {newest, State, useOverview} from './list-page.js';
import type {Line} from './overview.js';
import {notify, ring} from './signal.js';
import {rangeOf} from './state.js';

const CRUMB = {href: '/characteristics', text: 'Process control'};

/** How many charts a screen shows at once; the next ones follow. */
const SHOWN = 12;
const TURNS_MS = 20_000;

/** A screen on the wall: large charts of many characteristics, those with open violations first; a sound where one begins. */
export function WallPage(): JSX.Element {
  const {lines, failure} = useOverview();
  const [sound, hear] = useState(false);
  const [page, turn] = useState(0);
  const root = useRef<HTMLElement>(null);
  useAlarm(lines, sound);
  const order = [...(lines ?? [])].filter(({value}) => value !== null).sort((left, right) => Number(right.open > 0) - Number(left.open > 0) || left.id - right.id);
  const pages = Math.max(1, Math.ceil(order.length / SHOWN));
  useEffect(() => {
    const timer = setInterval(() => turn((before) => before + 1), TURNS_MS);
    return () => clearInterval(timer);
  }, []);
  const at = page % pages;
  return (
    <main class="page wall" id="main" ref={root}>
      <PageHead title="Wall screen" crumb={CRUMB}>
        {pages > 1 && <Button onClick={() => turn(at + 1)}>{at + 1} of {pages}</Button>}
        <Button aria-pressed={sound} onClick={() => (hear(!sound), !sound && (ring(), void allowed()))}>{sound ? 'Sound and notices are on' : 'Sound and notices'}</Button>
        <Button onClick={() => void root.current?.requestFullscreen?.()}>Full screen</Button>
      </PageHead>
      {failure && <Notice kind="bad">{failure}</Notice>}
      {lines === undefined ? !failure && <Loading what="the charts" />
        : order.length === 0 ? <div class="card"><Empty icon="chart" title="No samples yet">Charts appear here with their first samples.</Empty></div>
        : <div class="wall-charts">{order.slice(at * SHOWN, (at + 1) * SHOWN).map((one) => <Chart key={one.id} of={one} />)}</div>}
    </main>
  );
}

/** Asks whether this browser may show notices; where it may not, the sound remains. */
async function allowed(): Promise<void> {
  if (typeof Notification !== 'undefined' && Notification.permission === 'default') {
    await Notification.requestPermission();
  }
}

/** A sound and a notice where a characteristic has more open violations than before. */
function useAlarm(lines: readonly Line[] | undefined, on: boolean): void {
  const before = useRef<ReadonlyMap<number, number> | undefined>(undefined);
  useEffect(() => {
    const known = before.current;
    const begun = (lines ?? []).filter(({id, open}) => known !== undefined && open > (known.get(id) ?? open));
    before.current = lines && new Map(lines.map(({id, open}) => [id, open]));
    if (on && begun.length > 0) {
      ring();
      notify(begun);
    }
  }, [lines, on]);
}

const WIDE = 400;
const HIGH = 150;

function Chart({of}: {of: Line}): JSX.Element {
  const {values, ucl, lcl, center_line: centre} = of;
  const [least, most] = rangeOf([...values, ucl, lcl]);
  const x = (at: number) => ((at + 0.5) / Math.max(10, values.length)) * WIDE;
  const y = (value: number) => HIGH * (1 - (value - least) / (most - least));
  const beyond = (value: number) => (ucl !== null && value > ucl) || (lcl !== null && value < lcl);
  return (
    <a class={`card wall-chart ${of.open > 0 || of.in_control === false ? 'bad' : ''}`} href={`/characteristic/${of.id}`}>
      <span class="wall-head"><b>{of.name}</b><State line={of} /></span>
      <span class="wall-value">{newest(of.value)}</span>
      <svg viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" aria-hidden="true">
        {[['limit', ucl], ['centre', centre], ['limit', lcl]].map(([name, value], at) =>
          typeof value === 'number' && <path key={at} class={String(name)} d={`M0 ${y(value)}H${WIDE}`} />)}
        <polyline points={values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} />
        <path class="beyond" d={values.map((value, at) => (beyond(value) ? `M${x(at)} ${y(value)}h0` : '')).join('')} />
      </svg>
      <span class="small quiet wall-foot"><span>{dateTime(of.timestamp)}</span>
        <span>{ucl === null ? 'no limits' : `${line(lcl, of, 100)} … ${line(ucl, of, 100)}`}</span></span>
    </a>
  );
}
