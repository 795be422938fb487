import '../fpl.css';
import './planner.css';
import type {JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {Bar, sayingOf, Status} from '../../jobs/parts.js';
import {Failed, NoTask, useTask} from '../../jobs/task.js';
import {place, step} from '../../router.js';
import {account, client} from '../../session.js';
import {LinkButton, Loading, Notice, PageHead, useLoaded} from '../../ui/parts.js';
import {attempt} from '../../ui/toasts.js';
import {number} from '../../words.js';
import type {Analysis, Constraints, Market, PlanWeek} from '../api.js';
import {total} from './board.js';
import {Board, type Choice} from './board-table.js';
import {demands} from './demands.js';
import {PlayerPanel} from './player-panel.js';
import {Save, Scenarios} from './scenarios.js';
import {Share} from './share.js';

const CRUMB = {href: '/analyses', text: 'Analyses'};

/** A plan of weeks and players: whoever changes what must hold sees the plan searched again, live. */
export function PlannerPage(): JSX.Element {
  const id = new URLSearchParams(place.value.query).get('analysis') ?? '';
  const path = `/api/v1/analyze/${encodeURIComponent(id)}`;
  const {job, shown, failure, again, unknown} = useTask<Analysis>(`analysis:${id}`, path);
  const players = useLoaded(id, () => client.request<Market>(`${path}/players`));
  const market = useKept(players.value);
  const plan = useKept(shown?.results?.plan ?? (job?.metadata as {plan?: PlanWeek[]} | undefined)?.plan);
  const [pending, setPending] = useState<Constraints>();
  const [choice, choose] = useState<Choice>();
  useEffect(() => setPending(undefined), [shown?.analysis_id]);
  if (unknown) {
    return <NoTask what="analysis" crumb={CRUMB} />;
  }
  const asked = pending ?? shown?.request?.constraints ?? {};
  const change = async (next: Constraints) => {
    setPending(next);
    const replanned = await attempt(async () => {
      const {analysis_id: other} = await client.request<Analysis>(`${path}/replan`, {method: 'POST', body: {constraints: next}});
      if (job && !isEnd(job.status) && !shown?.name) {
        void client.request(`${path}/cancel`, {method: 'POST'}).catch(() => {}); // nobody waits for it any more
      }
      step(`/planner?analysis=${other}`);
    });
    if (!replanned) {
      setPending(undefined);
    }
  };
  const guest = account.value.kind === 'guest';
  return (
    <main class="page wide" id="main">
      <PageHead title={shown ? shown.name ?? `Plan of team ${shown.team_id}` : 'Plan'} crumb={guest ? undefined : CRUMB} beside={job && <Status job={job} />}
        sub={shown && (shown.name ? `Team ${shown.team_id}` : undefined)}>
        {shown && !guest && <><Save analysis={shown} waits={pending !== undefined} saved={again} /><Share id={id} waits={pending !== undefined} /><LinkButton href={`/analysis/${id}`}>The advice</LinkButton></>}
      </PageHead>
      <div class="stack">
        {failure !== undefined && shown === undefined && <Notice kind="bad">{failure}</Notice>}
        {players.failure !== undefined && <Notice kind="bad">{players.failure}</Notice>}
        {job?.error && <Failed job={job} errors={[]} />}
        {job && <Searching plan={plan} job={job} analysis={shown} again={guest ? undefined : () => void change(asked)} />}
        {plan === undefined || market === undefined ? !job?.error && !players.failure && <Loading what="the plan" /> : (
          <div class={guest ? 'stack' : 'planner-columns'}>
            <Board plan={plan} market={market} asked={asked} choice={choice} choose={choose} change={guest ? undefined : (next) => void change(next)} />
            {!guest && (
              <div class="stack">
                <PlayerPanel choice={choice} plan={plan} market={market} asked={asked} change={(next) => void change(next)} />
                <Insisted asked={asked} market={market} change={(next) => void change(next)} />
              </div>
            )}
          </div>
        )}
        {shown && market && !guest && <Scenarios analysis={shown} market={market} />}
      </div>
    </main>
  );
}

/* The last value that there was, for as long as another is on its way. */
function useKept<T>(value: T | undefined): T | undefined {
  const kept = useRef(value);
  kept.current = value ?? kept.current;
  return kept.current;
}

function Searching(props: {
  plan: PlanWeek[] | undefined;
  job: JobSnapshot;
  analysis: Analysis | undefined;
  again: (() => void) | undefined;
}): JSX.Element {
  const {plan, job, analysis} = props;
  const solver = analysis?.results?.solver;
  return (
    <section class="card planner-search" aria-label="The search">
      <p><strong class="planner-total">{plan ? number(total(plan), 1) : '–'}</strong> <span class="quiet">points expected{plan && ` in ${plan.length} gameweek${plan.length === 1 ? '' : 's'}`}</span></p>
      {isEnd(job.status)
        ? <p class="small quiet">{solver ? solver.status === 'OPTIMAL' ? 'Proved: no plan is better.' : `At most ${number(100 * solver.gap, 1)} % from the best possible.` : 'The search was stopped.'}
          {!solver && props.again && <> <button type="button" class="as-link" onClick={props.again}>Search again</button></>}</p>
        : <div class="planner-bar"><Bar job={job} label="Search" /><span class="small quiet wrap">{doing(job)}</span></div>}
    </section>
  );
}

/* The value that the search maximises has weights in it and is no number of points, so it is not told here. */
function doing(job: JobSnapshot): string {
  const searched = job.step === 'choosing_captain' || job.step === 'formatting_results';
  return job.step === 'optimizing_transfers' ? 'Searching for a better plan' : searched ? 'The plan is found; the advice is being worked out' : sayingOf(job);
}

function Insisted({asked, market, change}: {asked: Constraints; market: Market; change: (next: Constraints) => void}): JSX.Element {
  const names = new Map(market.players.map((one) => [one.player_id, one.player_name]));
  const all = demands(asked, (id) => names.get(id) ?? `player ${id}`);
  return (
    <section class="card" aria-label="What you insist on">
      <div class="card-head"><h2>What you insist on</h2></div>
      {all.length === 0 ? <p class="card-body small quiet">Nothing yet. Choose a player in the table, or a chip above it.</p> : (
        <ul class="insisted">
          {all.map((one) => (
            <li key={one.text}><span class="small">{one.text}</span>
              <button type="button" class="as-link small" aria-label={`Take back: ${one.text}`} onClick={() => change(one.without)}>Take back</button></li>
          ))}
        </ul>
      )}
    </section>
  );
}
