import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {label, number} from '../words.js';
import type {Decision, Player} from './api.js';
import {LINES, parts, type Placed, placed, signed} from './team.js';

/** The eleven as they would play, the bench below, and what each player's points are made of. */
export function Pitch({decision}: {decision: Decision}): JSX.Element {
  const {lines, bench} = placed(decision);
  const [chosen, choose] = useState<number>();
  const {formation, total_expected_pts: points} = decision.optimized_xi;
  const everybody = [...decision.optimized_xi.starters, ...decision.optimized_xi.bench];
  const shown = everybody.find((player) => player.player_id === chosen);
  const toggle = (id: number) => choose(id === chosen ? undefined : id);
  return (
    <section class="card" aria-label="Line-up">
      <div class="card-head"><h2>Line-up</h2><span class="quiet small">{formation} · {number(points, 1)} points expected</span></div>
      <div class="pitch">
        <svg class="pitch-lines" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <rect x="2" y="-20" width="96" height="118" /><line x1="2" x2="98" y1="2" y2="2" />
          <rect x="28" y="75" width="44" height="23" /><rect x="43" y="95.5" width="14" height="2.5" />
        </svg>
        {lines.map((line, at) => (
          <ul key={LINES[at]} class="pitch-line" aria-label={`${LINES[at]}s`}>
            {line.map((one) => <Shirt key={one.player.player_id} placed={one} chosen={chosen === one.player.player_id} choose={toggle} />)}
          </ul>
        )).reverse()}
      </div>
      <div class="bench">
        <h3>Bench</h3>
        <ol class="pitch-line" aria-label="Bench, in order">
          {bench.map((one) => <Shirt key={one.player.player_id} placed={one} chosen={chosen === one.player.player_id} choose={toggle} />)}
        </ol>
      </div>
      {shown ? <Reasons player={shown} /> : <p class="pitch-hint small faint">Choose a player to see what his points are made of.</p>}
    </section>
  );
}

function Shirt({placed: one, chosen, choose}: {placed: Placed; chosen: boolean; choose: (id: number) => void}): JSX.Element {
  const {player, captain, vice, fresh} = one;
  return (
    <li>
      <button type="button" class={`shirt ${player.position === 'Goalkeeper' ? 'keeper' : ''}`} aria-pressed={chosen} onClick={() => choose(player.player_id)}>
        <svg viewBox="0 0 40 34" aria-hidden="true"><path d="M13 2 4 7l3 9 4-2v17h18V14l4 2 3-9-9-5c-2 4-12 4-14 0z" /></svg>
        {(captain || vice) && <span class={`armband ${vice ? 'vice' : ''}`}><span aria-hidden="true">{captain ? 'C' : 'V'}</span>
          <span class="out-of-sight">{captain ? 'Captain: ' : 'Vice-captain: '}</span></span>}
        {fresh && <span class="fresh">new</span>}
        <span class="shirt-name cut">{player.player_name}</span>
        <span class="shirt-points">{player.club} <b>{number(captain ? 2 * player.expected_points : player.expected_points, 1)}</b></span>
      </button>
    </li>
  );
}

function Reasons({player}: {player: Player}): JSX.Element {
  const all = parts(player.explanation);
  const most = Math.max(...all.map(({points}) => Math.abs(points)), 0.1);
  return (
    <div class="reasons" role="status">
      <p><strong>{player.player_name}</strong> <span class="quiet">{player.position}, {player.club} · {number(player.expected_points, 2)} points in {number(player.expected_minutes)} minutes expected</span></p>
      {all.length === 0
        ? <p class="small faint">His points were given by a table.</p>
        : <dl>{all.map(({name, points}) => [
            <dt key={name}>{label(name)}</dt>,
            <dd key={`${name}=`}><span class="reason-bar"><i class={points < 0 ? 'minus' : ''} style={{width: `${(100 * Math.abs(points)) / most}%`}} /></span>
              <span>{signed(points)}</span></dd>,
          ])}</dl>}
    </div>
  );
}
