import './filling.css';
import type {JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {useMemo, useState} from 'preact/hooks';
import {Clocks} from '../clocks.js';
import {Status} from '../jobs/parts.js';
import {Failed, NoTask, Planning, useTask} from '../jobs/task.js';
import type {Params} from '../route-match.js';
import {navigate} from '../router.js';
import {client} from '../session.js';
import {Button, Empty, LinkButton, Loading, Menu, Notice, PageHead, Tiles, useLoaded} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {count, dateTime} from '../words.js';
import {ActivityTable} from './activities.js';
import {Again} from './again.js';
import type {Schedule} from './api.js';
import {Bound} from './bound.js';
import {Chart} from './gantt/chart.js';
import {fileName, save} from '../ui/files.js';
import {Revising} from './revise/revising.js';
import {RulesCard} from './rules.js';
import {tilesOf} from './tiles.js';
import {type PlanVersion, VersionsCard} from './versions/versions-card.js';

const CRUMB = {href: '/schedules', text: 'Schedules'};

/** A schedule: while it is planned, how far it is; then the plan, its figures and how good it is. */
export function SchedulePage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const {job, shown, failure, again, unknown} = useTask<Schedule>(`schedule:${id}`, `/api/v1/schedule/${encodeURIComponent(id)}`);
  const [asking, ask] = useState(false);
  const [base, revise] = useState<number>();
  if (unknown) {
    return <NoTask what="schedule" crumb={CRUMB} />;
  }
  const title = shown === undefined ? `Schedule ${id}` : shown.name || `Schedule ${id}`;
  return (
    <main class="page" id="main">
      <PageHead title={title} crumb={CRUMB} beside={job && <Status job={job} />} sub={shown && <Sub schedule={shown} />}>
        {shown && <Actions schedule={shown} job={job} again={() => ask(true)} revise={() => revise(0)} />}
      </PageHead>
      {asking && shown && <Again schedule={shown} close={() => ask(false)} />}
      {failure !== undefined && shown === undefined
        ? <Notice kind="bad">{failure} <button type="button" class="as-link" onClick={again}>Try again</button></Notice>
        : job === undefined || shown === undefined ? <Loading what="the schedule" />
        : <Body schedule={shown} job={job} title={title} base={base} revise={revise} />}
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

interface BodyProps {
  schedule: Schedule;
  job: JobSnapshot;
  title: string;
  /** The version whose lots are being moved, 0 for the plan as it was planned; undefined where none are. */
  base: number | undefined;
  revise: (base: number | undefined) => void;
}

function Body({schedule, job, title, base, revise}: BodyProps): JSX.Element {
  const {kpis_json: kpis, activities_json: activities} = schedule;
  const tiles = useMemo(() => kpis && tilesOf(kpis), [kpis]);
  const zone = schedule.rules?.time_zone ?? 'UTC';
  const clocks = useMemo(() => new Clocks(zone), [zone]);
  const versions = useLoaded(`versions of ${schedule.id}`, () => client.request<{versions: PlanVersion[]}>(`/api/v1/schedule/${schedule.id}/versions`));
  if (!isEnd(job.status)) {
    return <Planning path={`/api/v1/schedule/${schedule.id}`} job={job} keeps />;
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
      <Bound kpis={kpis} end={end} zone={clocks.name} />
      {base !== undefined
        ? <Revising key={base} schedule={schedule} activities={activities} title={title} clocks={clocks} base={base}
            saved={() => (revise(undefined), versions.again())} close={() => revise(undefined)} />
        : <Chart activities={activities} title={title} clocks={clocks} />}
      <VersionsCard schedule={schedule.id} zone={clocks.name} versions={versions} revise={revise} />
      <ActivityTable activities={activities} zone={clocks.name} />
      {schedule.rules && <RulesCard rules={schedule.rules} lots={schedule.lots_scheduled} />}
    </div>
  );
}

const FILES = [['csv', 'Table (CSV)'], ['xlsx', 'Spreadsheet (XLSX)'], ['pdf', 'Document (PDF)'], ['json', 'Data (JSON)'], ['ics', 'Calendar (ICS)']] as const;

function Actions({schedule, job, again, revise}: {
  schedule: Schedule; job: JobSnapshot | undefined; again: () => void; revise: () => void;
}): JSX.Element {
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
      {schedule.activities_json && <Button onClick={revise}>Move lots…</Button>}
      {schedule.activities_json && <Button onClick={again}>Plan again…</Button>}
      {schedule.activities_json && <LinkButton href={`/schedule/${schedule.id}/wall`}>Wall screen</LinkButton>}
      {schedule.activities_json && <Button icon="print" name="Print" onClick={() => print()} />}
      {job && isEnd(job.status) && <Button icon="trash" name="Delete" onClick={() => void remove()} />}
    </>
  );
}

