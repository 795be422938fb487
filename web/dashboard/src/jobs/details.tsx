import type {JobSnapshot, LogLine} from '@headway/client';
import {isEnd} from '@headway/client';
import type {ComponentChildren, JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {useLive} from '../live.js';
import {client, words} from '../session.js';
import {Icon} from '../ui/icons.js';
import {Notice} from '../ui/parts.js';
import {label, wholeDate} from '../words.js';
import {Files} from './files.js';
import {joined, linesOf, outputsOf, uploads} from './log.js';
import {ownerOf} from './parts.js';

/** How many pages of a log are read at first, of 1,000 lines each. */
const PAGES = 20;

/** The steps of a job's plan, and where it is among them. */
export function Steps({job}: {job: JobSnapshot}): JSX.Element | null {
  const steps = job.steps ?? [];
  if (steps.length < 2) {
    return null;
  }
  const done = job.status === 'completed';
  const begun = job.status === 'in_progress' || isEnd(job.status);
  const at = done ? steps.length : begun ? steps.indexOf(job.step ?? '') : -1;
  return (
    <ol class="steps" aria-label="Steps">
      {steps.map((step, index) => {
        const state = stateOf(index, at, isEnd(job.status));
        return (
          <li key={step} class={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span class="dot">{state === 'past' && <Icon name="check" size={10} />}</span>
            {label(step)}
            {state === 'past' && <span class="out-of-sight"> (done)</span>}
          </li>
        );
      })}
    </ol>
  );
}

function stateOf(index: number, at: number, ended: boolean): 'past' | 'now' | 'broken' | 'ahead' {
  if (index === at) {
    return ended ? 'broken' : 'now';
  }
  return index < at ? 'past' : 'ahead';
}

/** All there is to know of a job: its steps, error, result and log, live. */
export function JobDetails({id}: {id: string}): JSX.Element {
  const [lines, add] = useState<readonly LogLine[]>([]);
  const {state: job, refused} = useLive<JobSnapshot>(`job:${id}`, {logs: true}, (event) => {
    if (event.type === 'log') {
      add((before) => joined(before, [event.data as unknown as LogLine]));
    } else if (event.type === 'snapshot') {
      void older();
    }
  });
  const older = async () => {
    for (let after = 0, pages = 0; pages < PAGES; pages++) {
      const page = await client.logs(id, after).catch(() => undefined);
      if (page === undefined || page.lines.length === 0) {
        return;
      }
      add((before) => joined(before, page.lines));
      after = page.last_number;
    }
  };
  useEffect(() => void older(), [id]);
  if (refused !== undefined) {
    return <Notice>This job does not exist any more.</Notice>;
  }
  if (job === undefined) {
    return <p class="faint small">Loading…</p>;
  }
  return (
    <div class="job-details">
      <Steps job={job} />
      {job.error && (
        <Notice kind="bad"><strong>{job.error.message}</strong>{job.error.details && <div>{job.error.details}</div>}
          <div class="mono">{job.error.code}</div></Notice>
      )}
      <Facts job={job} id={id} />
      <Result job={job} />
      <Files job={id} news={uploads(lines)} />
      {outputsOf(lines).map(([name, text]) => <Output key={name} name={name} text={text} />)}
      <Log lines={linesOf(lines)} />
    </div>
  );
}

function Facts({job, id}: {job: JobSnapshot; id: string}): JSX.Element {
  const facts: [string, string | undefined][] = [
    ['Type', job.job_type],
    ['Owner', ownerOf(job)],
    ['Attempt', job.attempt > 1 ? String(job.attempt) : undefined],
    ['Asked for', job.created_at && wholeDate(job.created_at)],
    ['Started', (job.started_at ?? undefined) && wholeDate(job.started_at!)],
    ['Ended', (job.completed_at ?? undefined) && wholeDate(job.completed_at!)],
    ['Topic', `job:${id}`],
  ];
  return (
    <dl class="facts">
      {facts.filter(([, value]) => value).map(([name, value]) => [
        <dt key={name}>{name}</dt>, <dd key={`${name}=`} class={name === 'Topic' ? 'mono' : ''}>{value}</dd>,
      ])}
    </dl>
  );
}

function Result({job}: {job: JobSnapshot}): JSX.Element | null {
  const [whole, show] = useState<string>();
  if (job.result === undefined && job.result_url === undefined) {
    return null;
  }
  const load = () =>
    client.request<{result_payload: unknown}>(job.result_url!)
      .then(({result_payload: found}) => show(JSON.stringify(found, null, 2)), (failure: unknown) => show(words(failure)));
  const text = whole ?? (job.result === undefined ? undefined : JSON.stringify(job.result, null, 2));
  return (
    <section>
      <h3>Result</h3>
      {text === undefined
        ? <button type="button" class="button small" onClick={() => void load()}>Show the result</button>
        : <pre class="block" tabIndex={0}>{text}</pre>}
    </section>
  );
}

/** A box of text that grows: it stays at its end for those who are there. */
function Growing({label: called, of, children}: {label: string; of: unknown; children: ComponentChildren}): JSX.Element {
  const end = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const box = end.current;
    if (box && atEnd.current) {
      box.scrollTop = box.scrollHeight;
    }
  }, [of]);
  return (
    <pre class="block log" ref={end} tabIndex={0} role="log" aria-label={called}
      onScroll={(event) => {
        const box = event.currentTarget;
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
      }}>
      {children}
    </pre>
  );
}

/** An open output: a text that grows. */
function Output({name, text}: {name: string; text: string}): JSX.Element {
  return (
    <section>
      <h3>{label(name)}</h3>
      <Growing label={name} of={text}>{text}</Growing>
    </section>
  );
}

function Log({lines}: {lines: readonly LogLine[]}): JSX.Element | null {
  if (lines.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>Log <span class="faint">{lines.length}</span></h3>
      <Growing label="Log" of={lines}>
        {lines.map((line) => (
          <span key={line.number} class={line.stream === 'stderr' ? 'err' : ''}>
            <time dateTime={line.at}>{new Date(line.at).toLocaleTimeString('en-GB')}</time>{line.text}{'\n'}
          </span>
        ))}
      </Growing>
    </section>
  );
}
