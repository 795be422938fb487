import './spc.css';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {useReturn} from '../live.js';
import {client, mayEdit, words} from '../session.js';
import {Empty, LinkButton, Loading, Notice, PageHead, Search} from '../ui/parts.js';
import {count, label} from '../words.js';
import type {Characteristic, Severity} from './api.js';
import {exact, line} from './digits.js';
import {type Overview, overviewOf} from './overview.js';

/** How many charts the overview follows live: as many as people can look at. */
const FOLLOWED = 200;

/** All characteristics, with what is open at each, live. */
export function CharacteristicsPage(): JSX.Element {
  const [text, search] = useState('');
  const [all, set] = useState<Characteristic[]>();
  const [failure, fail] = useState<string>();
  const states = useOverviews(all);
  const load = () => void everything().then((found) => (set(found), fail(undefined)), (reason: unknown) => fail(words(reason)));
  useEffect(load, []);
  useReturn(() => failure !== undefined && load());
  const shown = all?.filter(({name, description}) => `${name} ${description}`.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <main class="page" id="main">
      <PageHead title="Process control">
        {mayEdit() && <LinkButton href="/characteristics/new" icon="plus" kind="main">New characteristic</LinkButton>}
      </PageHead>
      <div class="toolbar">
        <nav class="tabs" aria-label="Process control">
          <a href="/characteristics" aria-current="page">Characteristics</a>
          <a href="/characteristics/files">Files</a>
          <a href="/characteristics/machines">Machines</a>
          {mayEdit() && <a href="/characteristics/alarms">Alarms</a>}
        </nav>
        <Search label="Search characteristics" value={text} change={search} />
      </div>
      {failure && <Notice kind="bad">{failure}</Notice>}
      {shown === undefined ? !failure && <Loading what="characteristics" />
        : all?.length === 0 ? (
          <div class="card"><Empty icon="chart" title="No characteristic yet"
            actions={mayEdit() && <LinkButton href="/characteristics/new" icon="plus" kind="main">Make the first</LinkButton>}>
            A characteristic is a property that is measured again and again. Its samples come by the API, over MQTT, from a file or by hand.
          </Empty></div>
        ) : shown.length === 0 ? <div class="card"><Empty icon="search" title="Nothing fits">No characteristic has “{text}” in it.</Empty></div>
        : <Table all={shown} states={states} />}
    </main>
  );
}

async function everything(): Promise<Characteristic[]> {
  const found: Characteristic[] = [];
  for (let page = 1, total = 1; found.length < Math.min(total, 1_000); page++) {
    const answer = await client.request<{characteristics: Characteristic[]; total: number}>(`/api/v1/characteristics?limit=100&page=${page}`);
    total = answer.total;
    found.push(...answer.characteristics);
    if (answer.characteristics.length === 0) {
      break;
    }
  }
  return found;
}

/** The newest of each characteristic, as the stream tells it. */
function useOverviews(all: Characteristic[] | undefined): ReadonlyMap<number, Overview> {
  const [states, set] = useState<ReadonlyMap<number, Overview>>(new Map());
  useEffect(() => {
    const watches = (all ?? []).slice(0, FOLLOWED).map(({id}) => {
      const watch = client.watch(`characteristic:${id}`);
      const end = watch.onEvent((event) =>
        set((before) => new Map(before).set(id, overviewOf(before.get(id), event))));
      const known = watch.state;
      if (known) {
        const event = {topic: watch.topic, cursor: '', type: 'snapshot', data: {...known}};
        set((before) => new Map(before).set(id, overviewOf(before.get(id), event)));
      }
      return () => (end(), watch.close());
    });
    return () => watches.forEach((end) => end());
  }, [all]);
  return states;
}

/** Kinds of charts as their users call them. */
const SHORT: Record<string, string> = {individuals: 'Individuals', xbar_r: 'X̄ and R', xbar_s: 'X̄ and s', median_r: 'X̃ and R', p_prime: 'P′', u_prime: 'U′'};
const LOOKS: Record<Severity, string> = {CRITICAL: 'bad', WARNING: 'warn', INFO: ''};

function Table({all, states}: {all: Characteristic[]; states: ReadonlyMap<number, Overview>}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table plans">
        <thead><tr><th>Name</th><th>State</th><th>Chart</th><th class="num">Latest</th><th class="num">LCL</th><th class="num">Centre</th><th class="num">UCL</th><th>Last samples</th></tr></thead>
        <tbody>
          {all.map((one) => {
            const state = states.get(one.id);
            return (
              <tr key={one.id}>
                <td class="first"><a href={`/characteristic/${one.id}`}>{one.name}</a>
                  {one.description && <div class="small faint cut-wide">{one.description}</div>}</td>
                <td><State state={state} /></td>
                <td class="quiet">{SHORT[one.chart_type] ?? label(one.chart_type)}</td>
                <td class="num">{newest(state?.values.at(-1))}</td>
                <td class="num quiet">{line(state?.limits?.lcl, state?.limits ?? NONE)}</td><td class="num quiet">{line(state?.limits?.center_line, state?.limits ?? NONE)}</td><td class="num quiet">{line(state?.limits?.ucl, state?.limits ?? NONE)}</td>
                <td><Spark values={state?.values ?? []} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function State({state}: {state: Overview | undefined}): JSX.Element {
  if (state === undefined) {
    return <span class="faint">…</span>;
  }
  if (state.open > 0) {
    return <span class={`badge ${LOOKS[state.worst ?? 'INFO']}`}>{count(state.open, 'violation')}</span>;
  }
  if (state.values.length === 0) {
    return <span class="badge">No samples yet</span>;
  }
  if (state.judged === null && typeof state.limits?.ucl === 'number') {
    return <span class="badge">Not judged</span>;
  }
  if (state.judged === false) {
    return <span class="badge bad">Out of control</span>;
  }
  return typeof state.limits?.ucl === 'number' ? <span class="badge good">Under control</span> : <span class="badge">No limits yet</span>;
}

/** The newest value without digits that were not measured. */
function newest(value: number | undefined): string {
  return exact(value === undefined ? value : Number(value.toPrecision(7)));
}

const NONE = {ucl: null, lcl: null};
const WIDE = 120;
const HIGH = 26;

/** The last values as a line; the table says the rest. */
function Spark({values}: {values: readonly number[]}): JSX.Element {
  const least = Math.min(...values);
  const range = Math.max(...values) - least || 1;
  const points = values.map((value, at) => `${((at / Math.max(1, values.length - 1)) * (WIDE - 4) + 2).toFixed(1)},${(HIGH - 3 - ((value - least) / range) * (HIGH - 6)).toFixed(1)}`);
  return (
    <svg width={WIDE} height={HIGH} aria-hidden="true" class="faint">
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" stroke-width="1.25" />
    </svg>
  );
}
