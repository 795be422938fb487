import './spc.css';
import type {JSX} from 'preact';
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {useLive, useReturn} from '../live.js';
import type {Params} from '../route-match.js';
import {client, mayEdit, words} from '../session.js';
import {Button, Empty, LinkButton, Loading, Notice, PageHead, Tabs, type Tile, Tiles, useLoaded} from '../ui/parts.js';
import {attempt, tell} from '../ui/toasts.js';
import {count, dateTime, label, number} from '../words.js';
import {AddSample} from './add-sample.js';
import type {Capability, Characteristic, ChartData, Limits, Sample, Violation} from './api.js';
import {line, plotted} from './digits.js';
import {counts} from './draft.js';
import {Plot} from './plot.js';
import {Samples} from './samples.js';
import {Stages} from './stages.js';
import {after, type ChartState, EMPTY, inOrder, isBeyond, NO_LIMITS, onMainChart, onSpreadChart, zoneWords} from './state.js';
import {Violations} from './violations.js';
import {WeightedChart, type Weighted} from './weighted.js';

const CRUMB = {href: '/characteristics', text: 'Process control'};
const WINDOWS = ['50', '100', '250', '1000'] as const;
type Window = (typeof WINDOWS)[number];

type Drawing = 'shewhart' | Weighted;
const DRAWINGS: {value: Drawing; text: string}[] = [{value: 'shewhart', text: 'Shewhart'}, {value: 'ewma', text: 'EWMA'}, {value: 'cusum', text: 'CUSUM'}];
const SHORT_RUN: {value: Drawing; text: string} = {value: 'short-run', text: 'Z and W'};

const value = (sample: Sample) => sample.value;
const spread = (sample: Sample) => sample.spread;

/** A characteristic's control chart, live: points as they are taken, violations as they are signalled and answered. */
export function ChartPage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const [most, setMost] = useState<Window>('100');
  const {state, characteristic, refused, failure, again, round} = useChart(id, Number(most));
  const [chosen, choose] = useState<number>();
  const [drawing, draw] = useState<Drawing>('shewhart');
  const newest = state?.points.at(-1)?.sample_id ?? 0;
  const capability = useLoaded(`${id} ${state?.limits.ucl} ${Math.floor(newest / 10)}`, () =>
    client.request<Capability>(`/api/v1/characteristics/${id}/capability`).catch(() => undefined));
  if (refused) {
    return (
      <main class="page" id="main">
        <PageHead title="Characteristic" crumb={CRUMB} />
        <div class="card"><Empty icon="search" title="There is no such characteristic" actions={<LinkButton href="/characteristics">To all characteristics</LinkButton>}>
          It may have been deleted.
        </Empty></div>
      </main>
    );
  }
  const violations = state ? inOrder(state.violations) : [];
  return (
    <main class="page" id="main">
      <PageHead title={characteristic?.name ?? 'Control chart'} crumb={CRUMB} beside={state && <Standing state={state} />}
        sub={characteristic && <Sub characteristic={characteristic} />}>
        <Tabs label="How many samples" value={most} choose={setMost} options={WINDOWS.map((text) => ({value: text, text}))} />
        {mayEdit() && state && <Button onClick={() => void recalculate(id)}>Set limits from samples</Button>}
      </PageHead>
      {failure && <Notice kind="bad">{failure} <button type="button" class="as-link" onClick={again}>Try again</button></Notice>}
      {state === undefined || characteristic === undefined ? !failure && <Loading what="the chart" /> : (
        <div class="stack">
          <Tiles tiles={tiles(state, capability.value)} />
          <div class="chart-and-violations">
            <div class="stack chart-column">
              {!counts(characteristic.chart_type) && <Tabs<Drawing> label="Kind of chart" value={drawing} choose={draw}
                options={characteristic.chart_type === 'individuals' ? [...DRAWINGS, SHORT_RUN] : DRAWINGS} />}
              {drawing === 'shewhart' ? <Charts state={state} characteristic={characteristic} chosen={samplesOf(state, chosen)} />
                : <WeightedChart kind={drawing} characteristic={characteristic} most={Number(most)} round={`${round} ${newest}`} />}
            </div>
            <Violations violations={violations} chosen={chosen} choose={choose} />
          </div>
          <AddSample characteristic={characteristic} open={state.points.length === 0} />
          <Stages characteristic={characteristic} round={String(round)} />
          <Samples points={state.points} />
        </div>
      )}
    </main>
  );
}

async function recalculate(id: string): Promise<void> {
  const done = await attempt(() =>
    client.request<Limits>(`/api/v1/characteristics/${id}/recalculate-limits`, {method: 'POST', body: {exclude_beyond: true}}));
  if (done) {
    tell('The limits are now those of the samples that were under control.');
  }
}

interface Chart {
  state: ChartState | undefined;
  characteristic: Characteristic | undefined;
  refused: boolean;
  failure: string | undefined;
  again: () => void;
  /** How often it was read anew. */
  round: number;
}

/** Events after which points, limits or the specification are others than those that are drawn. */
const ANEW = new Set(['snapshot', 'limits', 'specification', 'correction', 'stage']);

/** The chart from REST, then kept up to date by the stream; read anew when the stream has begun anew. */
function useChart(id: string, most: number): Chart {
  const [state, set] = useState<ChartState>();
  const [characteristic, know] = useState<Characteristic>();
  const [failure, fail] = useState<string>();
  const [round, next] = useState(0);
  const missed = useRef<Parameters<typeof after>[1][] | undefined>([]);
  const again = () => {
    missed.current = [];
    next((before) => before + 1);
  };
  const {refused} = useLive(`characteristic:${id}`, {}, (event) => {
    if (ANEW.has(event.type)) {
      again();
    } else if (missed.current !== undefined) {
      missed.current.push(event);
    } else {
      set((before) => before && after(before, event, most));
    }
  });
  useEffect(() => {
    let wanted = true;
    missed.current ??= [];
    load(id, most).then(
      ([whole, loaded]) => {
        if (wanted) {
          const heard = missed.current ?? [];
          missed.current = undefined;
          know(whole);
          fail(undefined);
          set(heard.reduce((sum, event) => after(sum, event, most), loaded));
        }
      },
      (reason: unknown) => wanted && fail(words(reason)),
    );
    return () => {
      wanted = false;
    };
  }, [id, most, round]);
  useReturn(() => failure !== undefined && again());
  return {state, characteristic, refused: refused !== undefined, failure: state === undefined ? failure : undefined, again, round};
}

async function load(id: string, most: number): Promise<[Characteristic, ChartState]> {
  const about = (query: string) => client.request<{violations: Violation[]}>(`/api/v1/violations?characteristic_id=${id}&limit=100${query}`);
  const [whole, data, stats, open, newest] = await Promise.all([
    client.request<Characteristic>(`/api/v1/characteristics/${id}`),
    client.request<ChartData>(`/api/v1/characteristics/${id}/chart-data?limit=${most}`),
    client.request<{unacknowledged: number}>(`/api/v1/violations/stats?characteristic_id=${id}`),
    about('&acknowledged=false'),
    about(''),
  ]);
  const violations = new Map([...newest.violations.slice(0, 30), ...open.violations].map((one) => [one.violation_id, one]));
  return [whole, {...EMPTY, points: data.points, limits: data.limits ?? NO_LIMITS, violations, open: stats.unacknowledged}];
}

function samplesOf(state: ChartState, chosen: number | undefined): ReadonlySet<number> {
  const violation = chosen === undefined ? undefined : state.violations.get(chosen);
  const ids = state.points.filter((one) => chosen !== undefined && one.violation_ids?.includes(chosen)).map((one) => one.sample_id);
  return new Set(violation ? [...ids, violation.sample_id] : ids);
}

function Sub({characteristic}: {characteristic: Characteristic}): JSX.Element {
  const {chart_type: type, subgroup_size: size, description} = characteristic;
  return <>{KINDS[type] ?? label(type)}{size > 1 && <> · {count(size, 'measurement')} a sample</>}{description && <> · {description}</>}</>;
}

const KINDS: Record<string, string> = {
  individuals: 'Individuals and moving range', xbar_r: 'Means and ranges', xbar_s: 'Means and standard deviations', median_r: 'Medians and ranges', p_prime: 'Share of defectives, Laney (p′)', u_prime: 'Defects a unit, Laney (u′)',
  p: 'Share of defectives (p)', np: 'Defectives (np)', c: 'Defects (c)', u: 'Defects a unit (u)',
};

function Standing({state}: {state: ChartState}): JSX.Element {
  if (state.points.length === 0) {
    return <span class="badge">No samples yet</span>;
  }
  if (state.limits.ucl === null) {
    return <span class="badge">No limits yet</span>;
  }
  const newest = state.points.at(-1);
  if (newest !== undefined && newest.in_control === null && !newest.excluded) {
    return <span class="badge">Not judged</span>;
  }
  const open = state.open;
  if (open === 0 && newest?.in_control === false) {
    return <span class="badge bad">Out of control</span>;
  }
  return open === 0 ? <span class="badge good">Under control</span> : <span class="badge bad">{count(open, 'open violation')}</span>;
}

function tiles({points, limits}: ChartState, capability: Capability | undefined): Tile[] {
  const last = points.at(-1);
  return [
    {name: 'Latest', value: plotted(last), note: last ? `${zoneWords(last.zone)} · ${dateTime(last.timestamp)}` : 'nothing taken'},
    {name: 'Centre line', value: line(limits.center_line, limits), note: limits.method ? label(limits.method) : 'limits are not set'},
    {name: 'Control limits', value: limits.ucl === null ? '–' : `${line(limits.lcl, limits)} … ${line(limits.ucl, limits)}`,
      note: limits.sample_count > 0 ? `from ${count(limits.sample_count, 'sample')}` : undefined},
    {name: 'Cpk', value: number(capability?.cpk, 2), note: capability?.cpk == null ? 'needs specification and limits' : capability.cpk >= 1.33 ? 'capable' : 'below 1.33',
      good: (capability?.cpk ?? 0) >= 1.33},
    {name: 'Ppk', value: number(capability?.ppk, 2), note: capability ? `of ${count(capability.samples, 'sample')}` : undefined},
  ];
}

function Charts(props: {state: ChartState; characteristic: Characteristic; chosen: ReadonlySet<number>}): JSX.Element {
  const {state, characteristic, chosen} = props;
  const {usl, target_value: target, lsl} = characteristic;
  const specification = useMemo(() => ({usl, target, lsl}), [usl, target, lsl]);
  const dispersion = useMemo<Limits>(
    () => (state.limits.dispersion ? {...NO_LIMITS, ...state.limits.dispersion} : NO_LIMITS), [state.limits]);
  const mains = useMemo(() => state.points.map((one) => onMainChart(one, state.violations)), [state]);
  const spreads = useMemo(() => state.points.map((one) => onSpreadChart(one, state.violations)), [state]);
  if (state.points.length === 0) {
    return (
      <section class="card" aria-label="Control chart">
        <Empty icon="chart" title="No samples yet">They appear here as they are taken: by the API, over MQTT, from a file, or by hand below.</Empty>
      </section>
    );
  }
  const beyond = state.points.filter(isBeyond).length;
  return (
    <section class="card plots" aria-label="Control chart">
      <Plot points={mains} limits={state.limits} specification={specification} chosen={chosen} value={value} height={340}
        title={`${characteristic.name}: the last ${count(state.points.length, 'sample')}, ${beyond} beyond the limits, the latest ${plotted(state.points.at(-1))}`} />
      {state.points.some((one) => typeof one.spread === 'number') && (
        <>
          <h3>{characteristic.chart_type === 'individuals' ? 'Moving range' : characteristic.chart_type === 'xbar_s' ? 'Standard deviation' : 'Range'}</h3>
          <Plot points={spreads} limits={dispersion} chosen={chosen} value={spread} height={150} title="The spread of the samples" />
        </>
      )}
      <ul class="plot-key small" aria-label="Signs">
        <li><i class="dot" />in control</li><li><i class="dot warn" />part of a pattern</li><li><i class="dot bad" />beyond the limits</li>
        <li><i class="dot hollow" />left out</li><li><i class="zone a" />zone A</li><li><i class="zone b" />zone B</li>
      </ul>
    </section>
  );
}
