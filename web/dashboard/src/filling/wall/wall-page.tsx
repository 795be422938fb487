import './wall.css';
import type {JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import type {Params} from '../../route-match.js';
import {client} from '../../session.js';
import {Button, Empty, Loading, Notice, PageHead, useLoaded} from '../../ui/parts.js';
import {dateTime, duration} from '../../words.js';
import type {Activity, Schedule} from '../api.js';
import type {PlanVersion} from '../versions/versions-card.js';
import {type LineNow, linesAt} from './now.js';

const TICK_MS = 15_000;

/** A plan that was published meanwhile is shown a minute later at most. */
const LOAD_MS = 60_000;

/** How many activities to come are shown of each line. */
const NEXT = 3;

interface Shown {
  schedule: Schedule;
  activities: readonly Activity[];
  /** Which plan it is. */
  plan: string;
}

/** A screen on the wall: what runs on each line now, how long it takes, and what comes; of the published version, if there is one. */
export function ScheduleWallPage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const now = useNow();
  const root = useRef<HTMLElement>(null);
  const {value: shown, failure} = useLoaded(`wall ${id}`, () => load(id), String(Math.floor(now / LOAD_MS)));
  const zone = shown?.schedule.rules?.time_zone ?? 'UTC';
  return (
    <main class="page schedule-wall" id="main" ref={root}>
      <PageHead title={shown?.schedule.name || `Schedule ${id}`} crumb={{href: `/schedule/${id}`, text: 'Schedule'}}
        sub={shown && <>{shown.plan} · {dateTime(now, zone)} ({zone})</>}>
        <Button onClick={() => void root.current?.requestFullscreen?.()}>Full screen</Button>
      </PageHead>
      {failure && <Notice kind="bad">{failure}</Notice>}
      {shown === undefined ? !failure && <Loading what="the lines" />
        : shown.activities.length === 0 ? <div class="card"><Empty icon="chart" title="No plan yet">Its lines appear here once it is planned.</Empty></div>
        : <div class="wall-lines">{linesAt(shown.activities, now, NEXT).map((one) => <Line key={one.line} of={one} now={now} zone={zone} />)}</div>}
    </main>
  );
}

async function load(id: string): Promise<Shown> {
  const path = `/api/v1/schedule/${encodeURIComponent(id)}`;
  const [schedule, {versions}] = await Promise.all([
    client.request<Schedule>(path), client.request<{versions: PlanVersion[]}>(`${path}/versions`),
  ]);
  const published = versions.find(({status}) => status === 'published');
  if (published === undefined) {
    return {schedule, activities: schedule.activities_json ?? [], plan: 'As planned, not published'};
  }
  const {activities_json: activities} = await client.request<{activities_json: Activity[]}>(`${path}/versions/${published.version}`);
  return {schedule, activities, plan: `Version ${published.version}`};
}

function useNow(): number {
  const [now, set] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function Line({of: {line, current, share, next}, now, zone}: {of: LineNow; now: number; zone: string}): JSX.Element {
  return (
    <section class="card wall-line" aria-label={line}>
      <h2>{line}</h2>
      {current ? (
        <>
          <p class="wall-now">{wordsOf(current)}</p>
          <div class="wall-track" aria-hidden="true"><i style={{width: `${100 * share}%`}} /></div>
          <p>until {dateTime(current.end, zone)}, {duration(Date.parse(current.end) - now)} left</p>
        </>
      ) : <p class="wall-now quiet">{next[0] ? `Begins in ${duration(Date.parse(next[0].start) - now)}` : 'Done'}</p>}
      {next.length > 0 && (
        <ol>
          {next.map((activity) => <li key={activity.start}><span>{dateTime(activity.start, zone)}</span> {wordsOf(activity)}</li>)}
        </ol>
      )}
    </section>
  );
}

function wordsOf({kind, lot_id: lot, lot_type: type}: Activity): string {
  switch (kind) {
    case 'CLEAN':
      return 'Clean';
    case 'CHANGEOVER':
      return `Changeover to ${lot}`;
    case 'FILL':
      return `${lot} · ${type}`;
  }
}
