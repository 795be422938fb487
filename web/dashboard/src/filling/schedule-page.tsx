import './filling.css';
import type {Defect, JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useMemo, useState} from 'preact/hooks';
import {Steps} from '../jobs/details.js';
import {Bar, percentText, sayingOf, Status, Timing} from '../jobs/parts.js';
import {useLive} from '../live.js';
import type {Params} from '../route-match.js';
import {navigate} from '../router.js';
import {client} from '../session.js';
import {Button, Empty, LinkButton, Loading, Menu, Notice, PageHead, Tiles, useLoaded} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {count, dateTime} from '../words.js';
import {ActivityTable} from './activities.js';
import type {Schedule} from './api.js';
import {Bound} from './bound.js';
import {Chart} from './gantt/chart.js';
import {save} from './gantt/export.js';
import {fileName} from './gantt/file-name.js';
import {tilesOf} from './tiles.js';

const CRUMB = {href: '/schedules', text: 'Schedules'};

/** A schedule: while it is planned, how far it is; then the plan, its figures and how good it is. */
export function SchedulePage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const {state: job, refused} = useLive<JobSnapshot>(`schedule:${id}`);
  const ended = job !== undefined && isEnd(job.status);
  const {value: schedule, failure, again} = useLoaded(`${id} ${ended}`, () =>
    client.request<Schedule>(`/api/v1/schedule/${encodeURIComponent(id)}`));
  const [last, keep] = useState<Schedule>();
  useEffect(() => {
    if (schedule) {
      keep(schedule);
    }
  }, [schedule]);
  const shown = schedule ?? (last && String(last.id) === id ? last : undefined);
  if (refused !== undefined && shown === undefined) {
    return <NoSchedule />;
  }
  const title = shown === undefined ? `Schedule ${id}` : shown.name || `Schedule ${id}`;
  return (
    <main class="page" id="main">
      <PageHead title={title} crumb={CRUMB} beside={job && <Status job={job} />} sub={shown && <Sub schedule={shown} />}>
        {shown && <Actions schedule={shown} job={job} />}
      </PageHead>
      {failure !== undefined && shown === undefined
        ? <Notice kind="bad">{failure} <button type="button" class="as-link" onClick={again}>Try again</button></Notice>
        : job === undefined || shown === undefined ? <Loading what="the schedule" />
        : <Body schedule={shown} job={job} title={title} />}
    </main>
  );
}

function NoSchedule(): JSX.Element {
  return (
    <main class="page" id="main">
      <PageHead title="Schedule" crumb={CRUMB} />
      <div class="card"><Empty icon="search" title="There is no such schedule" actions={<LinkButton href="/schedules">To all schedules</LinkButton>}>
        It may have been deleted, or belong to somebody else.
      </Empty></div>
    </main>
  );
}

function Sub({schedule}: {schedule: Schedule}): JSX.Element {
  const kpis = schedule.kpis_json;
  return (
    <>
      Schedule {schedule.id} · {schedule.strategy} · asked for {dateTime(schedule.created_at)}
      {kpis && schedule.lots_scheduled !== undefined && <> · {count(schedule.lots_scheduled, 'lot')}</>}
      {schedule.partial && <> · the best that had been found when it was stopped</>}
    </>
  );
}

function Body({schedule, job, title}: {schedule: Schedule; job: JobSnapshot; title: string}): JSX.Element {
  const {kpis_json: kpis, activities_json: activities} = schedule;
  const tiles = useMemo(() => kpis && tilesOf(kpis), [kpis]);
  if (!isEnd(job.status)) {
    return <Planning id={schedule.id} job={job} />;
  }
  if (job.error) {
    return <Failed job={job} errors={schedule.errors ?? []} />;
  }
  if (kpis === undefined || tiles === undefined || activities === undefined) {
    return job.status === 'cancelled'
      ? <div class="card"><Empty icon="stop" title="Planning was cancelled">Nothing had been found that could be kept.</Empty></div>
      : <Loading what="the plan" />;
  }
  const end = activities.reduce((latest, {end: at}) => Math.max(latest, Date.parse(at)), 0);
  return (
    <div class="stack">
      <Tiles tiles={tiles} />
      <Bound kpis={kpis} end={end} />
      <Chart activities={activities} title={title} />
      <ActivityTable activities={activities} />
    </div>
  );
}

/** How far planning is, and what can be done about it. */
function Planning({id, job}: {id: number; job: JobSnapshot}): JSX.Element {
  const [busy, setBusy] = useState(false);
  const stop = async (keep: boolean) => {
    setBusy(true);
    await attempt(() => client.request(`/api/v1/schedule/${id}/cancel`, {method: 'POST', body: {keep_partial: keep}}));
    setBusy(false);
  };
  const asked = busy || job.cancel_requested === true;
  return (
    <section class="card planning" aria-label="Planning">
      <Steps job={job} />
      <div class="planning-bar">
        <Bar job={job} label="Planning" />
        <div class="how-text"><span class="wrap">{sayingOf(job)}</span><span class="percent">{percentText(job)}</span></div>
      </div>
      <div class="planning-foot">
        <span class="small quiet"><Timing job={job} /></span>
        <Button small disabled={asked} onClick={() => void stop(true)}>Stop and keep the best so far</Button>
        <Button small disabled={asked} onClick={() => void stop(false)}>{asked ? 'Stopping…' : 'Cancel'}</Button>
      </div>
    </section>
  );
}

function Failed({job, errors}: {job: JobSnapshot; errors: Defect[]}): JSX.Element {
  return (
    <div class="stack">
      <Notice kind="bad"><strong>{job.error!.message}</strong>{job.error!.details && <div>{job.error!.details}</div>}</Notice>
      {errors.length > 0 && <DefectTable errors={errors} />}
    </div>
  );
}

/** What is wrong with a file, by row. */
export function DefectTable({errors}: {errors: readonly Defect[]}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table">
        <thead><tr><th class="num">Row</th><th>Column</th><th>What is wrong</th></tr></thead>
        <tbody>
          {errors.slice(0, 200).map((error, at) => (
            <tr key={at}><td class="num">{error.row ?? '–'}</td><td>{error.column ?? error.field ?? ''}</td><td class="wrap">{error.message}</td></tr>
          ))}
        </tbody>
      </table>
      {errors.length > 200 && <p class="faint small after">and {count(errors.length - 200, 'more defect')}</p>}
    </div>
  );
}

const FILES = [['csv', 'Table (CSV)'], ['xlsx', 'Spreadsheet (XLSX)'], ['pdf', 'Document (PDF)'], ['json', 'Data (JSON)']] as const;

function Actions({schedule, job}: {schedule: Schedule; job: JobSnapshot | undefined}): JSX.Element {
  const download = (format: string) =>
    attempt(async () => {
      const content = await client.file(`/api/v1/schedule/${schedule.id}/export?format=${format}`);
      save(content, `${fileName(schedule.name || `schedule-${schedule.id}`)}.${format}`);
    });
  const remove = async () => {
    if (confirm(`Delete “${schedule.name || `Schedule ${schedule.id}`}” for good?`)) {
      if (await attempt(() => client.request(`/api/v1/schedule/${schedule.id}`, {method: 'DELETE'}))) {
        navigate('/schedules');
      }
    }
  };
  return (
    <>
      {schedule.activities_json && (
        <Menu name="Save as a file" icon="save" text="Save">
          {FILES.map(([format, text]) => (
            <button type="button" key={format} onClick={() => void download(format)}>{text}</button>
          ))}
        </Menu>
      )}
      {schedule.activities_json && <Button icon="print" name="Print" onClick={() => print()} />}
      {job && isEnd(job.status) && <Button icon="trash" name="Delete" onClick={() => void remove()} />}
    </>
  );
}

