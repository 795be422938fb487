import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {Button} from '../../ui/parts.js';
import {number} from '../../words.js';
import type {Constraints, Market, MarketPlayer, PlanWeek} from '../api.js';
import {replacements, squadBefore} from './board.js';
import type {Choice} from './board-table.js';
import {moved, ruled} from './demands.js';

interface Shown {
  plan: PlanWeek[];
  market: Market;
  asked: Constraints;
  change: (next: Constraints) => void;
}

/** What can be insisted on for the chosen player. */
export function PlayerPanel(props: Shown & {choice: Choice | undefined}): JSX.Element {
  const {choice, market} = props;
  const player = market.players.find((one) => one.player_id === choice?.player);
  if (choice === undefined || player === undefined) {
    return (
      <section class="card" aria-label="Player">
        <div class="card-head"><h2>Player</h2></div>
        <div class="card-body stack-tight">
          <p class="small quiet">Choose a player in the table to keep him, to do without him or to sell him; or name one who shall come.</p>
          <Wanted {...props} />
        </div>
      </section>
    );
  }
  return <Chosen key={`${choice.player} ${choice.gameweek}`} {...props} player={player} gameweek={choice.gameweek} />;
}

function Chosen({player, gameweek, plan, market, asked, change}: Shown & {player: MarketPlayer; gameweek: number}): JSX.Element {
  const id = player.player_id;
  const here = squadBefore(gameweek, plan, market).has(id);
  return (
    <section class="card" aria-label="Player" role="status">
      <div class="card-head"><h2>{player.player_name}</h2><span class="quiet small">{player.position}, {player.club} · {number(player.price / 10, 1)}</span></div>
      <div class="card-body stack-tight">
        <div class="planner-acts">
          <Button small onClick={() => change(ruled(asked, 'locks', id, gameweek))}>Keep in gameweek {gameweek}</Button>
          <Button small onClick={() => change(ruled(asked, 'locks', id, undefined))}>Keep always</Button>
          <Button small onClick={() => change(ruled(asked, 'bans', id, gameweek))}>Do without in gameweek {gameweek}</Button>
          <Button small onClick={() => change(ruled(asked, 'bans', id, undefined))}>Do without always</Button>
        </div>
        {here && <Sale player={player} gameweek={gameweek} plan={plan} market={market} asked={asked} change={change} />}
        <Wanted market={market} asked={asked} change={change} plan={plan} />
      </div>
    </section>
  );
}

function Sale({player, gameweek, plan, market, asked, change}: Shown & {player: MarketPlayer; gameweek: number}): JSX.Element {
  const all = replacements(player, gameweek, plan, market);
  const [into, setInto] = useState('');
  const chosen = named(all, into);
  return (
    <form class="planner-sale" onSubmit={(event) => {
      event.preventDefault();
      if (chosen) {
        change(moved(asked, gameweek, player.player_id, chosen.player_id));
      }
    }}>
      <Pick id="into" label={`Sell before gameweek ${gameweek} for`} all={all} value={into} change={setInto} />
      <Button small type="submit" disabled={chosen === undefined}>Book the move</Button>
    </form>
  );
}

/** A player who shall come, whoever goes for him. */
function Wanted({market, asked, change}: Shown): JSX.Element {
  const all = market.players.filter((one) => one.selling_price === null);
  const [name, setName] = useState('');
  const chosen = named(all, name);
  return (
    <form class="planner-sale" onSubmit={(event) => {
      event.preventDefault();
      if (chosen) {
        change(ruled(asked, 'locks', chosen.player_id, market.gameweeks.at(-1)));
        setName('');
      }
    }}>
      <Pick id="wanted" label="Somebody who shall have come by the last gameweek" all={all} value={name} change={setName} />
      <Button small type="submit" disabled={chosen === undefined}>Insist on him</Button>
    </form>
  );
}

function Pick({id, label, all, value, change}: {id: string; label: string; all: MarketPlayer[]; value: string; change: (text: string) => void}): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input class="input" id={id} list={`${id}-list`} autocomplete="off" value={value} onInput={(event) => change(event.currentTarget.value)} />
      <datalist id={`${id}-list`}>{all.map((one) => <option key={one.player_id} value={told(one)} />)}</datalist>
    </div>
  );
}

function named(all: MarketPlayer[], text: string): MarketPlayer | undefined {
  return all.find((one) => told(one) === text);
}

/** A player so that no two look the same. */
function told(one: MarketPlayer): string {
  const points = one.expected_pts.reduce((sum, each) => sum + each, 0);
  return `${one.player_name} (${one.club}, ${number(one.price / 10, 1)}, ${number(points, 1)} points)`;
}
