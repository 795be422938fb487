import './filling.css';
import './comparison.css';
import './gantt/gantt.css';
import type {JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {Clocks} from '../clocks.js';
import {Status} from '../jobs/parts.js';
import {Failed, NoTask, Planning, useTask} from '../jobs/task.js';
import type {Params} from '../route-match.js';
import {navigate} from '../router.js';
import {client} from '../session.js';
import {Icon} from '../ui/icons.js';
import {Button, Empty, Loading, Notice, PageHead} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {count, dateTime, number} from '../words.js';
import type {ComparedStrategy, Comparison} from './api.js';
import {compared, MEASURES, ranked} from './compare.js';
import {Drawing} from './gantt/drawing.js';
import {byLine} from './gantt/layout.js';
import {Legend} from './gantt/legend.js';
import {SCREEN} from './gantt/paint.js';
import {fitting} from './gantt/zoom.js';
import {RulesCard} from './rules.js';

const CRUMB = {href: '/comparisons', text: 'Comparisons'};

/** Strategies side by side: which to use, the figures as bars, the plans below one another. */
export function ComparisonPage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const {job, shown, failure, again, unknown} = useTask<Comparison>(`comparison:${id}`, `/api/v1/compare/${encodeURIComponent(id)}`);
  if (unknown) {
    return <NoTask what="comparison" crumb={CRUMB} />;
  }
  const title = shown?.name || `Comparison ${id}`;
  return (
    <main class="page" id="main">
      <PageHead title={title} crumb={CRUMB} beside={job && <Status job={job} />}
        sub={shown && <>Comparison {shown.id} · {count(shown.strategies.length, 'strategy', 'strategies')} · asked for {dateTime(shown.created_at)}</>}>
        {shown && job && isEnd(job.status) && (
          <>
            <Button icon="print" name="Print" onClick={() => print()} />
            <Button icon="trash" name="Delete" onClick={() => void remove(shown)} />
          </>
        )}
      </PageHead>
      {failure !== undefined && shown === undefined
        ? <Notice kind="bad">{failure} <button type="button" class="as-link" onClick={again}>Try again</button></Notice>
        : job === undefined || shown === undefined ? <Loading what="the comparison" /> : <Body comparison={shown} job={job} />}
    </main>
  );
}

async function remove(comparison: Comparison): Promise<void> {
  if (confirm(`Delete “${comparison.name || `Comparison ${comparison.id}`}” for good?`)) {
    if (await attempt(() => client.request(`/api/v1/compare/${comparison.id}`, {method: 'DELETE'}))) {
      navigate('/comparisons');
    }
  }
}

function Body({comparison, job}: {comparison: Comparison; job: JobSnapshot}): JSX.Element {
  const rows = useMemo(() => ranked(comparison.results ?? []), [comparison]);
  if (!isEnd(job.status)) {
    return <Planning path={`/api/v1/compare/${comparison.id}`} job={named(job, comparison.strategies)} keeps />;
  }
  if (job.error) {
    return <Failed job={job} errors={comparison.errors ?? []} />;
  }
  if (!rows.some((row) => row.activities_json)) {
    return job.status === 'cancelled'
      ? <div class="card"><Empty icon="stop" title="The comparison was cancelled">Nothing had been found that could be compared.</Empty></div>
      : <Loading what="the plans" />;
  }
  return (
    <div class="stack">
      {comparison.recommendation && (
        <section class="card advice" aria-label="Recommendation">
          <span class="bound-sign"><Icon name="trophy" /></span>
          <p><strong>Recommended: {comparison.best_strategy}</strong><br />{comparison.recommendation}</p>
        </section>
      )}
      <Figures rows={rows} best={comparison.best_strategy} />
      <Plans id={comparison.id} rows={rows} best={comparison.best_strategy} zone={comparison.rules?.time_zone ?? 'UTC'} />
      {comparison.rules && <RulesCard rules={comparison.rules} lots={rows.find((row) => row.lots_scheduled !== undefined)?.lots_scheduled} />}
    </div>
  );
}

/** The job with the strategies' names in place of its steps'. */
function named(job: JobSnapshot, strategies: readonly string[]): JobSnapshot {
  const name = (step: string) => {
    const at = /^strategy_(\d+)$/.exec(step);
    return at ? (strategies[Number(at[1]) - 1] ?? step) : step;
  };
  return {...job, step: job.step === null ? null : name(job.step), ...(job.steps && {steps: job.steps.map(name)})};
}

function Figures({rows, best}: {rows: ComparedStrategy[]; best: string | undefined}): JSX.Element {
  const columns = MEASURES.map((measure) => ({measure, cells: compared(rows, measure)}));
  return (
    <section class="card" aria-label="Figures">
      <div class="card-head"><h2>Figures</h2><span class="small faint">Bars begin at nought; the best of each is marked.</span></div>
      <div class="scroll">
        <table class="table figures">
          <thead><tr><th>Strategy</th>{columns.map(({measure}) => <th key={measure.key}>{measure.label}</th>)}</tr></thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={row.strategy}>
                <th scope="row">{row.strategy}{row.strategy === best && <span class="badge accent">recommended</span>}
                  {row.error && <p class="bad-text small wrap">{row.error}</p>}</th>
                {columns.map(({measure, cells}) => {
                  const cell = cells[at]!;
                  return (
                    <td key={measure.key} class={cell.best ? 'best' : ''}>
                      <div class="figure"><span>{number(cell.value, measure.digits)}{cell.value !== undefined && measure.unit && <small> {measure.unit}</small>}</span>
                        <span class="faint small">{cell.behind}</span></div>
                      <div class="figure-bar" aria-hidden="true"><i style={{width: `${cell.share}%`}} /></div>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Makes a schedule of a strategy's plan, and shows it. */
async function adopt(comparison: number, strategy: string): Promise<void> {
  await attempt(async () => {
    const path = `/api/v1/compare/${comparison}/adopt`;
    const {id} = await client.request<{id: number}>(path, {method: 'POST', body: {strategy}});
    navigate(`/schedule/${id}`);
  });
}

const LINE = 22;

/** The plans below one another over one calendar, so that what ends earlier is seen to. */
function Plans({id, rows, best, zone}: {id: number; rows: ComparedStrategy[]; best: string | undefined; zone: string}): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  useEffect(() => {
    const watching = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    watching.observe(box.current!);
    return () => watching.disconnect();
  }, []);
  const clocks = useMemo(() => new Clocks(zone), [zone]);
  const plans = useMemo(
    () => rows.flatMap((row) => (row.activities_json ? [{row, layout: byLine(row.activities_json, clocks)}] : [])),
    [rows, clocks],
  );
  const hours = Math.max(...plans.map(({layout}) => layout.hours));
  return (
    <section class="card" aria-label="Plans">
      <div class="card-head"><h2>Plans <span class="small faint">times in {clocks.name}</span></h2></div>
      <Legend layout={plans[0]!.layout} />
      <div class="plans-list" ref={box}>
        {plans.map(({row, layout}) => (
          <figure key={row.strategy}>
            <figcaption><strong>{row.strategy}</strong>{row.strategy === best && <span class="badge accent">recommended</span>}
              <span class="quiet">{number(row.makespan, 1)} h</span>
              <Button small name={`Adopt the plan of ${row.strategy} as a schedule`} onClick={() => void adopt(id, row.strategy)}>Adopt</Button></figcaption>
            <Drawing layout={layout} pixelsPerHour={fitting(hours, width - 2)} hours={hours} paint={SCREEN} trackHeight={LINE}
              title={`${row.strategy}: ${number(row.makespan, 1)} hours`} />
          </figure>
        ))}
      </div>
    </section>
  );
}
