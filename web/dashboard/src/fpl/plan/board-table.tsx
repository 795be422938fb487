import type {JSX} from 'preact';
import {number} from '../../words.js';
import type {Constraints, Market, PlanWeek} from '../api.js';
import {chipName} from '../team.js';
import {board, type Cell, total} from './board.js';
import {CHIPS, chipOf, chipped, rested} from './demands.js';

/** A player in a gameweek that one has chosen. */
export interface Choice {
  player: number;
  gameweek: number;
}

interface Shown {
  plan: PlanWeek[];
  market: Market;
  asked: Constraints;
  choice: Choice | undefined;
  choose: (choice: Choice) => void;
  /** What asks for other constraints; none for those who only look on. */
  change: ((next: Constraints) => void) | undefined;
}

const ROLES = {captain: 'captain', vice: 'vice-captain', starter: 'plays', bench: 'bench'};

/** Weeks by players: who plays, who leads, who comes and goes, and what it costs. */
export function Board(props: Shown): JSX.Element {
  const {plan, market, choice, choose} = props;
  const rows = board(plan, market);
  return (
    <section class="card scroll" aria-label="Plan">
      <table class="table tight board">
        <thead>
          <tr><th>Player</th>{plan.map((week) => <WeekHead key={week.gameweek} week={week} {...props} />)}</tr>
        </thead>
        <tbody>
          {rows.map(({player, cells}, at) => (
            <tr key={player.player_id} class={at > 0 && rows[at - 1]!.player.position !== player.position ? 'line-begins' : ''}>
              <th scope="row"><span class="cut">{player.player_name}</span> <span class="faint small">{player.club} {number(player.price / 10, 1)}</span></th>
              {cells.map((cell) => (
                <td key={cell.gameweek} class={`role ${cell.role ?? 'none'}`}>
                  <button type="button" aria-pressed={choice?.player === player.player_id && choice.gameweek === cell.gameweek}
                    onClick={() => choose({player: player.player_id, gameweek: cell.gameweek})}>
                    <span class="out-of-sight">{spoken(player.player_name, cell)}</span>
                    <Points cell={cell} />
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Figure name="Points" plan={plan} of={(week) => number(week.expected_pts, 1)} sum={number(total(plan), 1)} />
          <Figure name="Free transfers" plan={plan} of={(week) => number(week.free_transfers)} />
          <Figure name="Points for extra ones" plan={plan} of={(week) => (week.hits > 0 ? `−${4 * week.hits}` : '–')} />
          <Figure name="Bank" plan={plan} of={(week) => number(week.bank / 10, 1)} />
        </tfoot>
      </table>
    </section>
  );
}

function WeekHead({week, asked, change}: Shown & {week: PlanWeek}): JSX.Element {
  const demanded = chipOf(asked, week.gameweek);
  return (
    <th class="week-head" scope="col">
      <span>Gameweek {week.gameweek}</span>
      {week.chip && <span class="badge accent">{chipName(week.chip)}</span>}
      {change && (
        <>
          <select class="input" aria-label={`Chip in gameweek ${week.gameweek}`} value={demanded} onChange={(event) => change(chipped(asked, week.gameweek, event.currentTarget.value))}>
            <option value="">Any chip</option>
            <option value="none">No chip</option>
            {CHIPS.map((chip) => <option key={chip} value={chip}>{chipName(chip)}</option>)}
          </select>
          <label class="small"><input type="checkbox" checked={asked.no_transfers?.includes(week.gameweek) ?? false}
            onChange={(event) => change(rested(asked, week.gameweek, event.currentTarget.checked))} /> no transfers</label>
        </>
      )}
    </th>
  );
}

/* For the eye; beside it the same is said in words. */
function Points({cell}: {cell: Cell}): JSX.Element {
  const mark = cell.role === 'captain' ? 'C' : cell.role === 'vice' ? 'V' : undefined;
  return (
    <span class="shown" aria-hidden="true">
      {cell.bought && <span class="come">in</span>}
      {cell.sold && <span class="go">out</span>}
      <span>{number(cell.points, 1)}</span>
      {mark && <b>{mark}</b>}
    </span>
  );
}

function spoken(name: string, cell: Cell): string {
  const role = cell.role ? ROLES[cell.role] : 'not in the squad';
  return `${name}, gameweek ${cell.gameweek}: ${role}${cell.bought ? ', comes' : ''}${cell.sold ? ', goes' : ''}, ${number(cell.points, 1)} points`;
}

function Figure({name, plan, of, sum}: {name: string; plan: PlanWeek[]; of: (week: PlanWeek) => string; sum?: string}): JSX.Element {
  return (
    <tr><th scope="row">{name}{sum && <span class="faint small"> {sum} in all</span>}</th>{plan.map((week) => <td key={week.gameweek} class="num">{of(week)}</td>)}</tr>
  );
}
