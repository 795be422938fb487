import './spc.css';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {useRead} from '../live.js';
import {client, mayEdit} from '../session.js';
import {Empty, LinkButton, Loading, Notice, PageHead, Search} from '../ui/parts.js';
import {count, label} from '../words.js';
import type {Severity} from './api.js';
import {exact, line} from './digits.js';
import {afterOverview, type Line, type Overview} from './overview.js';

/** All characteristics, with what is open at each, live. */
export function CharacteristicsPage(): JSX.Element {
  const [text, search] = useState('');
  const {lines, total, failure} = useOverview();
  const shown = lines?.filter(({name, description}) => `${name} ${description}`.toLowerCase().includes(text.trim().toLowerCase()));
  return (
    <main class="page" id="main">
      <PageHead title="Process control">
        <LinkButton href="/characteristics/wall">Wall screen</LinkButton>
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
      {lines && total > lines.length && <Notice kind="warn">The first {lines.length} of {count(total, 'characteristic')} are listed.</Notice>}
      {shown === undefined ? !failure && <Loading what="characteristics" />
        : lines?.length === 0 ? (
          <div class="card"><Empty icon="chart" title="No characteristic yet"
            actions={mayEdit() && <LinkButton href="/characteristics/new" icon="plus" kind="main">Make the first</LinkButton>}>
            A characteristic is a property that is measured again and again. Its samples come by the API, over MQTT, from a file or by hand.
          </Empty></div>
        ) : shown.length === 0 ? <div class="card"><Empty icon="search" title="Nothing fits">No characteristic has “{text}” in it.</Empty></div>
        : <Table all={shown} />}
    </main>
  );
}

/** All characteristics by one request, then kept up to date by one topic. */
export function useOverview(): {lines: readonly Line[] | undefined; total: number; failure: string | undefined} {
  const {state, failure} = useRead('characteristics:all', '', load, afterOverview);
  return {lines: state?.lines, total: state?.total ?? 0, failure};
}

async function load(): Promise<Overview> {
  const {characteristics: lines, total} = await client.request<{characteristics: Line[]; total: number}>('/api/v1/characteristics/overview');
  return {lines, total};
}

/** Kinds of charts as their users call them. */
const SHORT: Record<string, string> = {individuals: 'Individuals', xbar_r: 'X̄ and R', xbar_s: 'X̄ and s', median_r: 'X̃ and R', p_prime: 'P′', u_prime: 'U′'};
const LOOKS: Record<Severity, string> = {CRITICAL: 'bad', WARNING: 'warn', INFO: ''};

function Table({all}: {all: readonly Line[]}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table plans">
        <thead><tr><th>Name</th><th>State</th><th>Chart</th><th class="num">Latest</th><th class="num">LCL</th><th class="num">Centre</th><th class="num">UCL</th><th>Last samples</th></tr></thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.id}>
              <td class="first"><a href={`/characteristic/${one.id}`}>{one.name}</a>
                {one.description && <div class="small faint cut-wide">{one.description}</div>}</td>
              <td><State line={one} /></td>
              <td class="quiet">{SHORT[one.chart_type] ?? label(one.chart_type)}</td>
              <td class="num">{newest(one.value)}</td>
              <td class="num quiet">{line(one.lcl, one, 100)}</td><td class="num quiet">{line(one.center_line, one, 100)}</td><td class="num quiet">{line(one.ucl, one, 100)}</td>
              <td><Spark values={one.values} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function State({line: {open, worst, value, ucl, in_control: judged}}: {line: Line}): JSX.Element {
  if (open > 0) {
    return <span class={`badge ${LOOKS[worst ?? 'INFO']}`}>{count(open, 'violation')}</span>;
  }
  if (value === null) {
    return <span class="badge">No samples yet</span>;
  }
  if (judged === null && ucl !== null) {
    return <span class="badge">Not judged</span>;
  }
  if (judged === false) {
    return <span class="badge bad">Out of control</span>;
  }
  return ucl !== null ? <span class="badge good">Under control</span> : <span class="badge">No limits yet</span>;
}

/** The newest value without digits that were not measured. */
export function newest(value: number | null): string {
  return exact(value === null ? value : Number(value.toPrecision(7)));
}

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
