import type {JSX} from 'preact';
import {useMemo} from 'preact/hooks';
import type {Clocks} from '../../clocks.js';
import {client} from '../../session.js';
import {attempt} from '../../ui/toasts.js';
import type {Activity, Schedule} from '../api.js';
import {Chart} from '../gantt/chart.js';
import {RevisionPanel} from './panel.js';
import {useRevision} from './revision.js';

export interface RevisingProps {
  schedule: Schedule;
  /** The plan before any move. */
  activities: readonly Activity[];
  title: string;
  clocks: Clocks;
  /** The version that is changed; 0 for the plan as it was planned. */
  base: number;
  /** Hears of a version that is saved. */
  saved: () => void;
  close: () => void;
}

/** A schedule's chart whose lots can be moved, with what that breaks and costs. */
export function Revising({schedule, activities, title, clocks, base, saved, close}: RevisingProps): JSX.Element {
  const revision = useRevision(schedule.id, base);
  const {plan} = revision;
  const lines = useMemo(() => namesOf(schedule, activities), [schedule]);
  const broken = useMemo(() => new Set((plan?.violations ?? []).flatMap(({lot_id: lot}) => lot ?? [])), [plan]);
  const save = (note: string) => attempt(async () => {
    const body = {base, moves: revision.moves, note};
    await client.request(`/api/v1/schedule/${schedule.id}/versions`, {method: 'POST', body});
    saved();
  });
  return (
    <>
      <RevisionPanel revision={revision} save={save} close={close} />
      <Chart activities={plan?.activities_json ?? activities} title={title} clocks={clocks} editing={{lines, broken, move: revision.move}} />
    </>
  );
}

function namesOf({rules}: Schedule, activities: readonly Activity[]): string[] {
  const lines = Array.isArray(rules?.lines) ? rules.lines.flatMap(({name}) => name ?? []) : [];
  return lines.length > 0 ? lines : [...new Set(activities.map(({line}) => line))];
}
