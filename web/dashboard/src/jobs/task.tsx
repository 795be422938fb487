import './task.css';
import type {Defect, JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {useLive} from '../live.js';
import {account, askToSignIn, client} from '../session.js';
import {Button, Empty, LinkButton, Notice, PageHead, useLoaded} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {count} from '../words.js';
import {Steps} from './details.js';
import {Bar, percentText, sayingOf, Timing} from './parts.js';

/** What a job runs for a page of its own: its job, live, and what REST says of it. */
export interface Watched<T> {
  job: JobSnapshot | undefined;
  shown: T | undefined;
  failure: string | undefined;
  again: () => void;
  /** Whether there is no such thing, as far as the visitor may know. */
  unknown: boolean;
}

/** Follows a task, and reads the whole of it at first and when it has ended. */
export function useTask<T>(topic: string, path: string): Watched<T> {
  const {state: job, refused} = useLive<JobSnapshot>(topic);
  const ended = job !== undefined && isEnd(job.status);
  const {value, failure, again} = useLoaded(`${path} ${ended}`, () => client.request<T>(path));
  const [last, keep] = useState<{path: string; value: T}>();
  useEffect(() => {
    if (value !== undefined) {
      keep({path, value});
    }
  }, [value]);
  const shown = value ?? (last?.path === path ? last.value : undefined);
  return {job, shown, failure, again, unknown: refused !== undefined && shown === undefined};
}

export function NoTask({what, crumb}: {what: string; crumb: {href: string; text: string}}): JSX.Element {
  return (
    <main class="page" id="main">
      <PageHead title={what[0]!.toUpperCase() + what.slice(1)} crumb={crumb} />
      <div class="card">
        <Empty icon="search" title={`There is no such ${what}`} actions={<>
          {account.value.kind === 'anonymous' && <Button kind="main" onClick={() => askToSignIn()}>Sign in</Button>}
          <LinkButton href={crumb.href}>To all {crumb.text.toLowerCase()}</LinkButton>
        </>}>
          It may have been deleted, or belong to somebody{account.value.kind === 'anonymous' ? ': sign in if it is yours.' : ' else.'}
        </Empty>
      </div>
    </main>
  );
}

/**
 * How far the work is, and what can be done about it.
 *
 * @param path where it is cancelled
 * @param keeps whether what has been found so far can be kept
 */
export function Planning({path, job, keeps = false}: {path: string; job: JobSnapshot; keeps?: boolean}): JSX.Element {
  const [busy, setBusy] = useState(false);
  const stop = async (keep: boolean) => {
    setBusy(true);
    await attempt(() => client.request(`${path}/cancel`, {method: 'POST', ...(keeps && {body: {keep_partial: keep}})}));
    setBusy(false);
  };
  const asked = busy || job.cancel_requested === true;
  return (
    <section class="card planning" aria-label="Progress">
      <Steps job={job} />
      <div class="planning-bar">
        <Bar job={job} label="Progress" />
        <div class="how-text"><span class="wrap">{sayingOf(job)}</span><span class="percent">{percentText(job)}</span></div>
      </div>
      <div class="planning-foot">
        <span class="small quiet"><Timing job={job} /></span>
        {keeps && <Button small disabled={asked} onClick={() => void stop(true)}>Stop and keep the best so far</Button>}
        <Button small disabled={asked} onClick={() => void stop(false)}>{asked ? 'Stopping…' : 'Cancel'}</Button>
      </div>
    </section>
  );
}

export function Failed({job, errors}: {job: JobSnapshot; errors: Defect[]}): JSX.Element {
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
