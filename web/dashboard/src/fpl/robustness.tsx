import type {JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {Bar} from '../jobs/parts.js';
import {useLive} from '../live.js';
import {number} from '../words.js';
import type {Decision} from './api.js';

interface PlayerShare {
  player_id: number;
  player_name: string;
  share: number;
}

/** How often the plan of a trial begins as was advised, and how often otherwise. */
interface Shares {
  done: number;
  trials: number;
  confidence_score: number;
  decisions: {decision: string; share: number; advised: boolean}[];
  in: PlayerShare[];
  captains: PlayerShare[];
}

const SHOWN = 4;

/** How often the advice holds for other projections that are as likely; it converges while one looks on. */
export function Robustness({test}: {test: NonNullable<Decision['robustness']>}): JSX.Element | null {
  const {state: job, refused} = useLive<JobSnapshot>(`job:${test.job_id}`);
  if (job === undefined || refused !== undefined) {
    return null;
  }
  const shares = (job.result ?? job.metadata) as Shares | undefined;
  const ended = isEnd(job.status);
  return (
    <section class="card" aria-label="How sure is this?">
      <div class="card-head"><h2>How sure is this?</h2>
        {shares && <span class="badge accent">{number(100 * shares.confidence_score)} %</span>}</div>
      <div class="card-body stack-tight">
        <p class="small">{`The plan is searched again for ${test.trials} other projections that are about as likely.`}</p>
        {!ended && <Bar job={job} label="Trials" />}
        {shares === undefined ? <p class="small quiet">No trial has ended yet.</p> : <Found shares={shares} />}
        <p class="small"><a href={`/job/${test.job_id}`}>Each trial with its own bar</a></p>
      </div>
    </section>
  );
}

function Found({shares}: {shares: Shares}): JSX.Element {
  return (
    <>
      <ol class="captains" aria-label="Beginnings">
        {shares.decisions.slice(0, SHOWN).map((one) => (
          <li key={one.decision}>
            <span class="wrap">{one.decision} {one.advised && <span class="badge accent">advised</span>}</span>
            <span class="bar" aria-hidden="true"><i style={{width: `${100 * one.share}%`}} class={one.advised ? '' : 'pale'} /></span>
            <span class="num">{number(100 * one.share)} %</span>
          </li>
        ))}
      </ol>
      <p class="small quiet">{`${shares.done} of ${shares.trials} trials`}{named('; bought in them: ', shares.in)}{named('; captains: ', shares.captains)}.</p>
    </>
  );
}

function named(what: string, all: PlayerShare[]): string {
  return all.length === 0 ? '' : what + all.slice(0, SHOWN).map((one) => `${one.player_name} ${number(100 * one.share)} %`).join(', ');
}
