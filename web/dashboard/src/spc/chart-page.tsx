import './spc.css';
import type {JSX} from 'preact';
import {useEffect, useMemo, useState} from 'preact/hooks';
import {useRead} from '../live.js';
import type {Params} from '../route-match.js';
import {client, mayEdit} from '../session.js';
import {Button, Empty, LinkButton, Loading, Notice, PageHead, Tabs, type Tile, Tiles, useLoaded} from '../ui/parts.js';
import {attempt, tell} from '../ui/toasts.js';
import {count, dateTime, label, number, wholeDate} from '../words.js';
import {AddSample} from './add-sample.js';
import {Annotations} from './annotations.js';
import {AsItWas, type Then} from './as-it-was.js';
import type {Capability, Characteristic, ChartData, Limits, Sample, Violation} from './api.js';
import {CapabilityCard} from './capability.js';
import {remarks} from './chart-svg.js';
import {line, plotted} from './digits.js';
import {counts} from './draft.js';
import {Export} from './export.js';
import {Outline} from './outline.js';
import {type Part, useOverview, usePeriod} from './past.js';
import {moved, type Period, type Turn, within, zoomed} from './period.js';
import {Plot} from './plot.js';
import {foreseen, type Preview, PreviewWords, turned} from './preview.js';
import {Samples} from './samples.js';
import {type Specification, SpecificationCard} from './specification.js';
import {Stages} from './stages.js';
import {after, type ChartState, EMPTY, inOrder, isBeyond, NO_LIMITS, onMainChart, onSpreadChart, openViolations, zoneWords} from './state.js';
import {Violations} from './violations.js';
import {WeightedChart, type Weighted} from './weighted.js';
import {store} from './signing.js';
import {Trail} from './trail.js';

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
  const {state: chart, refused, failure, again, reads: round} = useRead(`characteristic:${id}`, most, () => load(id, Number(most)),
    ({characteristic, state}, event) => {
      const next = after(state, event, Number(most));
      return next && {characteristic, state: next};
    });
  const {state, characteristic} = chart ?? {};
  const past = usePast(id, state, `${round} ${state?.changes}`);
  const [chosen, choose] = useState<number>();
  const [drawing, draw] = useState<Drawing>('shewhart');
  const [preview, showPreview] = useState<Preview>();
  const [lines, showLines] = useState<Specification>();
  const [then, showThen] = useState<Then>();
  const newest = state?.points.at(-1)?.sample_id ?? 0;
  const capability = useLoaded(id, () =>
    client.request<Capability>(`/api/v1/characteristics/${id}/capability`).catch(() => undefined), `${round} ${state?.changes} ${Math.floor(newest / 10)}`);
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
        {past.period === undefined && <Tabs label="How many samples" value={most} choose={setMost} options={WINDOWS.map((text) => ({value: text, text}))} />}
        {state && characteristic && state.points.length > 0 && (
          <Export characteristic={characteristic} period={past.period}
            drawn={{title: characteristic.name, points: past.shown?.points ?? state.points, limits: state.limits, usl: characteristic.usl, lsl: characteristic.lsl,
              annotations: past.shown?.annotations ?? state.annotations}} />
        )}
        {characteristic && <AsItWas id={characteristic.id} most={most} show={showThen} />}
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
              {drawing === 'shewhart' ? <Charts state={state} characteristic={characteristic} chosen={samplesOf(state, chosen)} past={past} lines={lines}
                    preview={preview && {of: preview, drop: () => showPreview(undefined)}} then={then && {of: then, drop: () => showThen(undefined)}} />
                : <WeightedChart kind={drawing} characteristic={characteristic} most={Number(most)} round={`${round} ${newest}`} />}
            </div>
            <Violations violations={violations} open={openViolations(state)} chosen={chosen} choose={choose} show={(from, to) => past.go(around({from, to}))} />
          </div>
          <AddSample characteristic={characteristic} open={state.points.length === 0} />
          {capability.value && <CapabilityCard capability={capability.value} characteristic={characteristic} />}
          <Annotations annotations={past.shown?.annotations ?? state.annotations} />
          <SpecificationCard characteristic={characteristic} show={showLines} />
          <Stages characteristic={characteristic} round={String(round)} show={showPreview} />
          <Samples points={state.points} preview={showPreview} />
          <Trail id={characteristic.id} round={`${round} ${state.changes}`} />
        </div>
      )}
    </main>
  );
}

async function recalculate(id: string): Promise<void> {
  const done = await attempt(() =>
    store<Limits>(`/api/v1/characteristics/${id}/recalculate-limits`, {method: 'POST', body: {exclude_beyond: true}}));
  if (done) {
    tell('The limits are now those of the samples that were under control.');
  }
}

/** The part of the past that is looked at, if any. */
interface Past {
  period: Period | undefined;
  shown: Part | undefined;
  failure: string | undefined;
  overview: ReturnType<typeof useOverview>;
  /** Goes to a period; to the newest samples without one. */
  go: (period: Period | undefined) => void;
}

function usePast(id: string, state: ChartState | undefined, round: string): Past {
  const [period, go] = useState<Period>();
  useEffect(() => go(undefined), [id]);
  const {shown, failure} = usePeriod(id, period, round);
  const overview = useOverview(id, round, state?.points.at(-1)?.sample_id ?? 0);
  const series = overview?.series;
  return {period, shown, failure, overview, go: (next) => go(next && series ? within(next, series) : next)};
}

/** Of a chart that stands still. */
const NO_PAST: Past = {period: undefined, shown: undefined, failure: undefined, overview: undefined, go: () => {}};

/** A period with half its length, at least an hour, before and after it. */
function around({from, to}: Period): Period {
  const air = Math.max(3_600_000, (to - from) / 2);
  return {from: from - air, to: to + air};
}

interface Chart {
  characteristic: Characteristic;
  state: ChartState;
}

async function load(id: string, most: number): Promise<Chart> {
  const about = (query: string) => client.request<{violations: Violation[]; total: number}>(`/api/v1/violations?characteristic_id=${id}&limit=100${query}`);
  const [characteristic, data, open, newest] = await Promise.all([
    client.request<Characteristic>(`/api/v1/characteristics/${id}`),
    client.request<ChartData>(`/api/v1/characteristics/${id}/chart-data?limit=${most}`),
    about('&acknowledged=false'),
    about(''),
  ]);
  const violations = new Map([...open.violations, ...newest.violations.slice(0, 30)].map((one) => [one.violation_id, one]));
  const unlisted = open.total - open.violations.length;
  return {characteristic, state: {...EMPTY, points: data.points, limits: data.limits ?? NO_LIMITS, violations, unlisted, annotations: data.annotations}};
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
  const open = openViolations(state);
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

interface ChartsProps {
  state: ChartState;
  characteristic: Characteristic;
  chosen: ReadonlySet<number>;
  past: Past;
  /** A specification that is drawn instead of the stored one. */
  lines: Specification | undefined;
  /** A change that is drawn instead of what is, and the way back. */
  preview: {of: Preview; drop: () => void} | undefined;
  /** The chart of an earlier time that is drawn instead of what is, and the way back. */
  then: {of: Then; drop: () => void} | undefined;
}

function Charts(props: ChartsProps): JSX.Element {
  const {state, characteristic, chosen, past, lines, preview, then} = props;
  if (state.points.length === 0) {
    return (
      <section class="card" aria-label="Control chart">
        <Empty icon="chart" title="No samples yet">They appear here as they are taken: by the API, over MQTT, from a file, or by hand below.</Empty>
      </section>
    );
  }
  if (preview) {
    return (
      <section class="card plots preview" aria-label="Control chart">
        <PreviewWords preview={preview.of} drop={preview.drop} />
        <Points state={foreseen(state, preview.of)} points={preview.of.points} characteristic={characteristic} chosen={turned(state.points, preview.of)} past={past} lines={lines} />
      </section>
    );
  }
  if (then) {
    const {at, chart} = then.of;
    const was = {...EMPTY, points: chart.points, limits: chart.limits, annotations: chart.annotations};
    const {target_value: target, usl, lsl} = chart.specification;
    return (
      <section class="card plots preview" aria-label="Control chart">
        <div class="preview-head small" role="status">
          <p><b>As it was at {wholeDate(at)}</b>, by the audit trail: the samples that were stored then, judged by the limits and rules then in force.</p>
          <button type="button" class="as-link" onClick={then.drop}>Back to the chart as it is</button>
        </div>
        {chart.points.length === 0 ? <Empty icon="chart" title="No samples at that time">The first one was stored later.</Empty>
          : <Points state={was} points={chart.points} characteristic={characteristic} chosen={chosen} past={NO_PAST} lines={{usl, target, lsl}} />}
      </section>
    );
  }
  const points = past.shown ? past.shown.points : state.points;
  return (
    <section class="card plots" aria-label="Control chart">
      <PastHead past={past} points={points ?? state.points} />
      {points === undefined
        ? <Outline columns={past.shown!.history.columns} stages={past.shown!.history.stages} height={340} choose={past.go} turn={(asked) => past.go(asked(period(past, state.points)))}
            title={`${characteristic.name}: ${count(past.shown!.samples, 'sample')}, from least to greatest`} />
        : points.length === 0 ? <Empty icon="chart" title="No samples in this period">Look earlier or later, or go back to the newest.</Empty>
        : <Points state={state} points={points} characteristic={characteristic} chosen={chosen} past={past} lines={lines} />}
      {past.overview && past.overview.columns.length > 1 && (
        <Outline columns={past.overview.columns} stages={past.overview.stages} height={56} choose={past.go} marked={period(past, state.points)}
          title={`The whole series: ${count(past.overview.series?.samples ?? 0, 'sample')}`} />
      )}
    </section>
  );
}

/** The period that is shown, also when it is that of the newest samples. */
function period({period: chosen}: Past, points: readonly Sample[]): Period {
  return chosen ?? {from: Date.parse(points[0]!.timestamp), to: Date.parse(points.at(-1)!.timestamp)};
}

/** What period is shown, and ways to another. */
function PastHead({past, points}: {past: Past; points: readonly Sample[]}): JSX.Element {
  const shown = points.length > 0 || past.period ? period(past, points) : undefined;
  const series = past.overview?.series;
  const by = (next: (period: Period) => Period) => () => shown && past.go(next(shown));
  return (
    <div class="past-head no-print">
      <span class="small quiet">
        {past.period
          ? <><b>{wholeDate(past.period.from)}</b> to <b>{wholeDate(past.period.to)}</b>{past.shown && ` · ${count(past.shown.samples, 'sample')}`}</>
          : 'The newest samples, as they come'}
      </span>
      {past.failure && <span class="bad-text small" role="alert">{past.failure}</span>}
      <span class="past-acts">
        <Button small onClick={by((one) => moved(one, -0.75))}>Earlier</Button>
        <Button small disabled={past.period === undefined} onClick={by((one) => moved(one, 0.75))}>Later</Button>
        <Button small onClick={by((one) => zoomed(one, 1 / 3))}>Closer</Button>
        <Button small onClick={by((one) => zoomed(one, 3))}>Wider</Button>
        <Button small disabled={!series} onClick={() => series && past.go({from: Date.parse(series.from), to: Date.parse(series.to)})}>All</Button>
        <Button small disabled={past.period === undefined} onClick={() => past.go(undefined)}>Newest</Button>
      </span>
    </div>
  );
}

/** Samples drawn one by one, with the chart of their spread. */
function Points(props: Omit<ChartsProps, 'preview' | 'then'> & {points: readonly Sample[]}): JSX.Element {
  const {state, points, characteristic, chosen, past, lines} = props;
  const {usl, target_value: target, lsl} = characteristic;
  const specification = useMemo(() => lines ?? {usl, target, lsl}, [lines, usl, target, lsl]);
  const annotations = past.shown?.annotations ?? state.annotations;
  const flagged = useMemo(() => remarks(annotations), [annotations]);
  const dispersion = useMemo<Limits>(
    () => (state.limits.dispersion ? {...NO_LIMITS, ...state.limits.dispersion} : NO_LIMITS), [state.limits]);
  const mains = useMemo(() => points.map((one) => onMainChart(one, state.violations)), [points, state.violations]);
  const spreads = useMemo(() => points.map((one) => onSpreadChart(one, state.violations)), [points, state.violations]);
  const beyond = points.filter(isBeyond).length;
  const choose = (from: Sample, to: Sample) => past.go({from: Date.parse(from.timestamp), to: Date.parse(to.timestamp)});
  const turned = (asked: Turn) => past.go(asked(period(past, points)));
  return (
    <>
      <Plot points={mains} limits={state.limits} specification={specification} chosen={chosen} flagged={flagged} value={value} height={340} choose={choose} turn={turned}
        title={`${characteristic.name}: ${past.period ? '' : 'the last '}${count(points.length, 'sample')}, ${beyond} beyond the limits, the latest ${plotted(points.at(-1))}`} />
      {points.some((one) => typeof one.spread === 'number') && (
        <>
          <h3>{characteristic.chart_type === 'individuals' ? 'Moving range' : characteristic.chart_type === 'xbar_s' ? 'Standard deviation' : 'Range'}</h3>
          <Plot points={spreads} limits={dispersion} chosen={chosen} value={spread} height={150} choose={choose} turn={turned} title="The spread of the samples" />
        </>
      )}
      <ul class="plot-key small" aria-label="Signs">
        <li><i class="dot" />in control</li><li><i class="dot warn" />part of a pattern</li><li><i class="dot bad" />beyond the limits</li>
        <li><i class="dot hollow" />left out</li><li><i class="zone a" />zone A</li><li><i class="zone b" />zone B</li>
      </ul>
    </>
  );
}
