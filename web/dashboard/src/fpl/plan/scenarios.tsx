import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {useFeed} from '../../feed.js';
import {client} from '../../session.js';
import {Button, useLoaded} from '../../ui/parts.js';
import {attempt} from '../../ui/toasts.js';
import {number} from '../../words.js';
import type {Analysis, Market, PlanWeek} from '../api.js';
import {chipName} from '../team.js';
import {total} from './board.js';

/** As many as can be read side by side. */
const COMPARED = 5;

/** Keeps an analysis under a name, or lets go of it; not while it `waits` for the one that takes its place. */
export function Save({analysis, waits, saved}: {analysis: Analysis; waits: boolean; saved: () => void}): JSX.Element {
  const keep = async () => {
    const name = prompt('The name of this scenario (none lets go of it)', analysis.name ?? '');
    if (name === null) {
      return;
    }
    const body = {name: name.trim() === '' ? null : name.trim()};
    if (await attempt(() => client.request(`/api/v1/analyze/${analysis.analysis_id}`, {method: 'PATCH', body}))) {
      saved();
    }
  };
  return <Button icon="save" disabled={waits} onClick={() => void keep()}>{analysis.name ? 'Rename' : 'Save as a scenario'}</Button>;
}

/** The scenarios of a team side by side, the one that is shown first. */
export function Scenarios({analysis, market}: {analysis: Analysis; market: Market}): JSX.Element | null {
  const [compared, compare] = useState(false);
  const key = `${analysis.analysis_id} ${analysis.name ?? ''} ${analysis.status}`;
  const found = useLoaded(key, () => others(analysis));
  useFeed(found.again);
  if (found.value === undefined || found.value.length === 0) {
    return null;
  }
  const shown = [analysis, ...found.value].filter((one) => one.results);
  return (
    <section class="card scroll" aria-label="Scenarios">
      <div class="card-head"><h2>Scenarios</h2>
        <Button small onClick={() => compare(!compared)}>{compared ? 'List them' : 'Compare them'}</Button></div>
      {compared ? <Compared all={shown} market={market} /> : (
        <ul class="insisted">
          {found.value.map((one) => (
            <li key={one.analysis_id}><a href={`/planner?analysis=${one.analysis_id}`}>{one.name}</a>
              <span class="num small">{one.results ? `${number(total(one.results.plan), 1)} points` : one.status}</span></li>
          ))}
        </ul>
      )}
    </section>
  );
}

async function others(analysis: Analysis): Promise<Analysis[]> {
  const path = `/api/v1/analyze?team_id=${analysis.team_id}&named=true&page_size=${COMPARED + 1}`;
  const {analyses} = await client.request<{analyses: Analysis[]}>(path);
  const rest = analyses.filter((one) => one.analysis_id !== analysis.analysis_id).slice(0, COMPARED);
  return Promise.all(rest.map((one) => client.request<Analysis>(`/api/v1/analyze/${one.analysis_id}`)));
}

function Compared({all, market}: {all: Analysis[]; market: Market}): JSX.Element {
  const names = new Map(market.players.map((one) => [one.player_id, one.player_name]));
  const gameweeks = [...new Set(all.flatMap((one) => one.results!.plan.map((week) => week.gameweek)))].sort((a, b) => a - b);
  const best = Math.max(...all.map((one) => total(one.results!.plan)));
  return (
    <table class="table tight compared">
      <thead><tr><th>Gameweek</th>{all.map((one) => <th key={one.analysis_id}><a href={`/planner?analysis=${one.analysis_id}`}>{one.name ?? 'This plan'}</a></th>)}</tr></thead>
      <tbody>
        {gameweeks.map((gameweek) => (
          <tr key={gameweek}><th scope="row">{gameweek}</th>
            {all.map((one) => <td key={one.analysis_id}><Week week={one.results!.plan.find((week) => week.gameweek === gameweek)} names={names} /></td>)}</tr>
        ))}
      </tbody>
      <tfoot><tr><th scope="row">In all</th>{all.map((one) => {
        const points = total(one.results!.plan);
        return <td key={one.analysis_id}><strong>{number(points, 1)}</strong>{points < best && <span class="faint small"> {number(points - best, 1)}</span>}</td>;
      })}</tr></tfoot>
    </table>
  );
}

function Week({week, names}: {week: PlanWeek | undefined; names: Map<number, string>}): JSX.Element {
  if (week === undefined) {
    return <>–</>;
  }
  const listed = (ids: number[]) => ids.map((id) => names.get(id) ?? id).join(', ');
  return (
    <>
      <strong>{number(week.expected_pts, 1)}</strong> {week.chip && <span class="badge accent">{chipName(week.chip)}</span>}
      <div class="small quiet">{week.bought.length > 0 && week.sold.length > 0 && `${listed(week.sold)} for ${listed(week.bought)}`}</div>
    </>
  );
}
