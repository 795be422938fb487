import type {JobSnapshot} from '@headway/client';
import {etaWords, isEnd, statusWord} from '@headway/client';
import type {JSX} from 'preact';
import {now} from '../live.js';
import {user} from '../session.js';
import {Icon, type IconName} from '../ui/icons.js';
import {ago, duration, wholeDate} from '../words.js';

const LOOKS: Record<string, [string, IconName]> = {
  Running: ['accent', 'play'],
  Waiting: ['', 'wait'],
  Stalled: ['warn', 'warn'],
  Stopping: ['warn', 'stop'],
  Completed: ['good', 'check'],
  Failed: ['bad', 'cross'],
  Cancelled: ['', 'stop'],
};

/** A job's state in a word, with a sign for those who do not see colours. */
export function Status({job}: {job: JobSnapshot}): JSX.Element {
  const word = statusWord(job);
  const [look, icon] = LOOKS[word] ?? ['', 'info'];
  return <span class={`badge ${look}`}><Icon name={icon} size={12} />{word}</span>;
}

/** The bar; to a screen reader, the percentage and the step. */
export function Bar({job, label}: {job: JobSnapshot; label: string}): JSX.Element {
  const percent = job.status === 'completed' ? 100 : job.percent;
  const known = percent !== null && percent !== undefined;
  const running = job.status === 'in_progress';
  const look = isEnd(job.status) ? job.status : job.stalled_since ? 'stalled' : '';
  return (
    <div class={`bar ${look} ${!known && running ? 'unknown' : ''}`} role="progressbar" aria-label={label}
      aria-valuemin={0} aria-valuemax={100} aria-valuenow={known ? Math.floor(percent) : undefined}
      aria-valuetext={known ? `${Math.floor(percent)} %${job.step ? `, ${job.step}` : ''}` : undefined}>
      <i style={{width: known ? `${percent}%` : ''}} />
    </div>
  );
}

/** The percentage as it is shown: rounded down, nothing while unknown or waiting. */
export function percentText(job: JobSnapshot): string {
  const percent = job.status === 'completed' ? 100 : job.percent;
  const waiting = !isEnd(job.status) && job.status !== 'in_progress';
  return percent === null || percent === undefined || waiting ? '' : `${Math.floor(percent)} %`;
}

/** What the server says of a job that nobody has reported on. */
const WAITING = 'Waiting to start';

/** What there is to say about a job beside its bar. */
export function sayingOf(job: JobSnapshot): string {
  if (job.error) {
    return job.error.message;
  }
  const stale = isEnd(job.status) && job.message === WAITING; // nothing was reported meanwhile
  return stale ? '' : (job.message ?? '');
}

/** The time left; of an ended job, how long it took. */
export function Timing({job}: {job: JobSnapshot}): JSX.Element {
  if (job.stalled_since && job.status === 'in_progress') {
    return <span title={wholeDate(job.stalled_since)}>silent for {duration(now.value - Date.parse(job.stalled_since))}</span>;
  }
  if (isEnd(job.status)) {
    const took = job.started_at && job.completed_at ? Date.parse(job.completed_at) - Date.parse(job.started_at) : undefined;
    return (
      <span title={job.completed_at ? wholeDate(job.completed_at) : undefined}>
        {ago(job.completed_at, now.value)}{took !== undefined && <span class="faint"> · took {duration(took)}</span>}
      </span>
    );
  }
  if (job.status !== 'in_progress') {
    return <span title={job.created_at ? wholeDate(job.created_at) : undefined}>asked for {ago(job.created_at, now.value)}</span>;
  }
  const left = etaWords(job.eta);
  const interval = job.eta ? `between ${duration(job.eta.low * 1_000)} and ${duration(job.eta.high * 1_000)}` : undefined;
  return <span title={interval}>{left || 'time left unknown'}</span>;
}

/** Whose job it is. */
export function ownerOf(job: JobSnapshot): string {
  if (job.owner === null || job.owner === undefined) {
    return job.owner === null ? 'Anonymous' : '';
  }
  return job.owner === user.value?.id ? 'You' : `User ${job.owner}`;
}
