import './fpl.css';
import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {useFeed} from '../feed.js';
import {TaskState} from '../jobs/task-state.js';
import {navigate} from '../router.js';
import {client, words} from '../session.js';
import {Button, Empty, Loading, Notice, PageHead, useLoaded} from '../ui/parts.js';
import {dateTime} from '../words.js';
import type {Analysis, Season} from './api.js';

const POSTURES = [['balanced', 'Balanced'], ['conservative', 'Conservative'], ['aggressive', 'Aggressive']] as const;

/** How often advice is tested: enough for a share to be off by some seven points. */
const TRIALS = 50;

/** Asking for an analysis, and those that have been asked for. */
export function AnalysesPage(): JSX.Element {
  const found = useLoaded('analyses', () => client.request<{analyses: Analysis[]; total: number}>('/api/v1/analyze?page_size=50'));
  useFeed(found.again);
  return (
    <main class="page" id="main">
      <PageHead title="Fantasy Premier League" sub="Which transfers to make, whom to captain and whether to play a chip, over the next gameweeks" />
      <div class="stack">
        <Ask />
        {found.failure && <Notice kind="bad">{found.failure}</Notice>}
        {found.value === undefined ? !found.failure && <Loading what="analyses" />
          : found.value.analyses.length === 0
            ? <div class="card"><Empty icon="ball" title="No analysis yet">Name a team above; the answer takes a few seconds, and you can watch it being found.</Empty></div>
            : <List all={found.value.analyses} />}
      </div>
    </main>
  );
}

function Ask(): JSX.Element {
  const [team, setTeam] = useState('');
  const [horizon, setHorizon] = useState('5');
  const [posture, setPosture] = useState('balanced');
  const [tested, setTested] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, fail] = useState<string>();
  const season = useLoaded('season', () => client.request<Season>('/api/v1/analyze/season'));
  const known = season.value?.teams ?? [];
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    fail(undefined);
    try {
      const body = {team_id: Number(team || known[0]), horizon: Number(horizon), risk_posture: posture, ...(tested && {trials: TRIALS})};
      const {analysis_id: id} = await client.request<Analysis>('/api/v1/analyze', {method: 'POST', body});
      navigate(`/analysis/${id}`);
    } catch (refused) {
      fail(refused instanceof HeadwayError && refused.errors.length > 0 ? refused.errors.map((one) => one.message).join(' ') : words(refused));
      setBusy(false);
    }
  };
  return (
    <form class="card ask" onSubmit={(event) => void submit(event)}>
      <div class="field">
        <label for="team">Team</label>
        <input class="input" id="team" inputMode="numeric" pattern="[0-9]{1,8}" list="teams" required={known.length === 0}
          placeholder={known.length > 0 ? String(known[0]) : 'The number in your team’s address'} value={team} onInput={(event) => setTeam(event.currentTarget.value)} />
        <datalist id="teams">{known.map((id) => <option key={id} value={id} />)}</datalist>
      </div>
      <div class="field">
        <label for="horizon">Gameweeks</label>
        <select class="input" id="horizon" value={horizon} onChange={(event) => setHorizon(event.currentTarget.value)}>
          {[1, 2, 3, 4, 5, 6, 7, 8].map((weeks) => <option key={weeks} value={weeks}>{weeks}</option>)}
        </select>
      </div>
      <div class="field">
        <label for="posture">Risk</label>
        <select class="input" id="posture" value={posture} onChange={(event) => setPosture(event.currentTarget.value)}>
          {POSTURES.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
        </select>
      </div>
      <label class="ask-said small"><input type="checkbox" checked={tested} onChange={(event) => setTested(event.currentTarget.checked)} />{` Test the advice afterwards: plan again for ${TRIALS} other projections that are as likely`}</label>
      <Button kind="main" type="submit" disabled={busy}>{busy ? 'Asking…' : 'Analyse'}</Button>
      {failure && <div class="ask-said"><Notice kind="bad">{failure}</Notice></div>}
      {season.value?.source === 'sample' && (
        <p class="ask-said small faint">This server analyses the season that ships with it; its teams are {known.join(', ')}.</p>
      )}
    </form>
  );
}

function List({all}: {all: Analysis[]}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table">
        <thead><tr><th>Team</th><th>State</th><th>Asked for</th></tr></thead>
        <tbody>
          {all.map((one) => (
            <tr key={one.analysis_id}>
              <td><a class="strong" href={`/analysis/${one.analysis_id}`}>{one.name ?? `Team ${one.team_id}`}</a>{one.name && <span class="small quiet"> team {one.team_id}</span>}
                {one.error && <div class="small bad-text wrap">{one.error}</div>}</td>
              <td><TaskState status={one.status === 'queued' ? 'pending' : one.status} /></td>
              <td class="quiet">{dateTime(one.created_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
