import './fpl.css';
import type {JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {Status} from '../jobs/parts.js';
import {Failed, NoTask, Planning, useTask} from '../jobs/task.js';
import type {Params} from '../route-match.js';
import {navigate} from '../router.js';
import {client} from '../session.js';
import {Icon} from '../ui/icons.js';
import {Button, Empty, LinkButton, Loading, Notice, PageHead, Tiles} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {dateTime, number} from '../words.js';
import type {Analysis, Captaincy, Decision} from './api.js';
import {Pitch} from './pitch.js';
import {Robustness} from './robustness.js';
import {chipName, headline, signed} from './team.js';

const CRUMB = {href: '/analyses', text: 'Analyses'};

/** An analysis: what to do before the next gameweek, and why. */
export function AnalysisPage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const {job, shown, failure, again, unknown} = useTask<Analysis>(`analysis:${id}`, `/api/v1/analyze/${encodeURIComponent(id)}`);
  if (unknown) {
    return <NoTask what="analysis" crumb={CRUMB} />;
  }
  const remove = async () => {
    if (confirm('Delete this analysis for good?') && (await attempt(() => client.request(`/api/v1/analyze/${id}`, {method: 'DELETE'})))) {
      navigate('/analyses');
    }
  };
  return (
    <main class="page" id="main">
      <PageHead title={shown ? `Team ${shown.team_id}` : 'Analysis'} crumb={CRUMB} beside={job && <Status job={job} />}
        sub={shown && <>Asked for {dateTime(shown.created_at)}{shown.results && <> · {SOURCES[shown.results.data_source] ?? shown.results.data_source}</>}</>}>
        {job && <LinkButton href={`/planner?analysis=${id}`} icon="plan">Planner</LinkButton>}
        {job && isEnd(job.status) && <Button icon="trash" name="Delete" onClick={() => void remove()} />}
      </PageHead>
      {failure !== undefined && shown === undefined
        ? <Notice kind="bad">{failure} <button type="button" class="as-link" onClick={again}>Try again</button></Notice>
        : job === undefined || shown === undefined ? <Loading what="the analysis" /> : <Body analysis={shown} job={job} />}
    </main>
  );
}

const SOURCES: Record<string, string> = {
  sample: 'the season that ships with Headway', uploaded: 'an uploaded season', live: 'live data',
};

function Body({analysis, job}: {analysis: Analysis; job: JobSnapshot}): JSX.Element {
  if (!isEnd(job.status)) {
    return (
      <div class="stack">
        <Planning path={`/api/v1/analyze/${analysis.analysis_id}`} job={job} />
        <Early captaincy={(job.metadata as {captaincy?: Captaincy} | undefined)?.captaincy} />
      </div>
    );
  }
  if (job.error) {
    return <Failed job={job} errors={[]} />;
  }
  if (!analysis.results) {
    return job.status === 'cancelled'
      ? <div class="card"><Empty icon="stop" title="The analysis was cancelled">Ask again whenever you like.</Empty></div>
      : <Loading what="the answer" />;
  }
  return <Answer decision={analysis.results} />;
}

/** What is known before the rest: the captain. */
function Early({captaincy}: {captaincy: Captaincy | undefined}): JSX.Element | null {
  return captaincy === undefined ? null : (
    <Notice>Already known: <strong>{captaincy.captain.player_name}</strong> as captain, {number(captaincy.captain.expected_points, 1)} points expected.</Notice>
  );
}

function Answer({decision}: {decision: Decision}): JSX.Element {
  const {solver} = decision;
  const proved = solver.status === 'OPTIMAL';
  return (
    <div class="stack">
      <section class="card verdict" aria-label="Recommendation">
        <div>
          <h2>{headline(decision)}</h2>
          <p>{decision.reasoning}</p>
        </div>
        <Confidence decision={decision} />
      </section>
      {decision.rank_risk && <Notice>{`Against the average team: ${field(decision.rank_risk)}.`}</Notice>}
      {decision.assumptions.length > 0 && (
        <Notice>Assumed: {decision.assumptions.join('. ')}.</Notice>
      )}
      <Tiles tiles={[
        {name: 'This gameweek', value: number(decision.optimized_xi.total_expected_pts, 1), unit: 'points', note: `expected, ${decision.optimized_xi.formation}`},
        {name: 'Captain', value: decision.captaincy.captain.player_name, note: `${number(2 * decision.captaincy.captain.expected_points, 1)} points, doubled`},
        {name: 'Transfers', value: number(decision.transfer_recommendations.length), note: cost(decision)},
        {name: 'The plan', value: proved ? 'proved' : `${number(100 * solver.gap, 1)} %`, note: proved ? 'no plan is better' : 'at most, from the best possible', good: proved},
      ]} />
      <div class="answer-columns">
        <Pitch decision={decision} />
        <div class="stack">
          {decision.robustness && <Robustness test={decision.robustness} />}
          <Transfers decision={decision} />
          <Captains captaincy={decision.captaincy} />
          <Chips decision={decision} />
        </div>
      </div>
      <Horizon decision={decision} />
      <NextBest decision={decision} />
      <Risks decision={decision} />
    </div>
  );
}

function cost({transfer_recommendations: transfers}: Decision): string {
  const hits = transfers.reduce((sum, {hit_cost: hit}) => sum + Math.abs(hit), 0);
  return hits > 0 ? `${number(hits)} points for extra ones` : transfers.length > 0 ? 'free of charge' : 'none is worth it';
}

function Confidence({decision: {confidence_score: score, confidence_label: label}}: {decision: Decision}): JSX.Element {
  return (
    <div class="confidence">
      <span class="small quiet">Confidence</span>
      <strong>{label[0] + label.slice(1).toLowerCase()}</strong>
      <span class="small quiet">{`holds in ${number(100 * score)} of 100 other projections`}</span>
      <div class="bar" role="meter" aria-label="Confidence" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(100 * score)}>
        <i style={{width: `${100 * score}%`}} /></div>
    </div>
  );
}

function Transfers({decision}: {decision: Decision}): JSX.Element {
  const all = decision.transfer_recommendations;
  return (
    <section class="card" aria-label="Transfers">
      <div class="card-head"><h2>Transfers</h2></div>
      {all.length === 0 ? <p class="card-body quiet">None: the team is better as it is, or a saved transfer is worth more later.</p> : (
        <ul class="transfers">
          {all.map((one) => (
            <li key={one.player_in_id}>
              <p class="transfer"><span class="out">{one.player_out_name}</span><Icon name="right" size={14} /><span class="out-of-sight">is replaced by</span>
                <strong>{one.player_in_name}</strong><span class={`badge ${one.net_gain_pts >= 0 ? 'good' : 'bad'}`}>{signed(one.net_gain_pts)}</span></p>
              <p class="small quiet">{one.position}{one.hit_cost !== 0 && ` · costs ${Math.abs(one.hit_cost)} points`}</p>
              <p class="small">{one.reasoning}</p>
              <p class="small quiet">{holds(one)}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function holds({player_in_name: name, may_fall_pct: fall}: Decision['transfer_recommendations'][number]): string {
  return fall === null
    ? `No plan that was found without ${name} is better, however little he scores.`
    : `Holds until ${name} is projected ${number(fall)} % lower.`;
}

function field({swing_pts: swing, template_pct: template}: NonNullable<Decision['rank_risk']>): string {
  return `± ${number(swing, 1)} points in this gameweek, ${number(template)} % of the teams have a starter`;
}

function Captains({captaincy: {captain, vice_captain: vice, alternatives}}: {captaincy: Captaincy}): JSX.Element {
  const all = [captain, vice, ...alternatives.filter(({player_id: id}) => id !== captain.player_id && id !== vice.player_id)];
  const most = Math.max(...all.map((one) => one.expected_points), 0.1);
  return (
    <section class="card" aria-label="Captain">
      <div class="card-head"><h2>Captain</h2></div>
      <ol class="captains card-body">
        {all.map((one, at) => (
          <li key={one.player_id}>
            <span class="cut">{one.player_name} {at < 2 && <span class={`badge ${at === 0 ? 'accent' : ''}`}>{at === 0 ? 'captain' : 'vice'}</span>}</span>
            <span class="bar" aria-hidden="true"><i style={{width: `${(100 * one.expected_points) / most}%`}} class={at === 0 ? '' : 'pale'} /></span>
            <span class="num">{number(one.expected_points, 2)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Chips({decision: {chip_guidance: chip}}: {decision: Decision}): JSX.Element {
  return (
    <section class="card" aria-label="Chips">
      <div class="card-head"><h2>Chips</h2>{chip.chip && <span class={`badge ${chip.use_this_gw ? 'accent' : ''}`}>{chip.use_this_gw ? 'now' : `gameweek ${chip.best_future_gw ?? '–'}`}</span>}</div>
      <div class="card-body stack-tight">
        <p class="small">{chip.reasoning}</p>
        {chip.outlook.length > 0 && (
          <table class="table tight">
            <thead><tr><th>Chip</th><th class="num">Best gameweek</th><th class="num">Gain</th><th class="num">Later</th></tr></thead>
            <tbody>{chip.outlook.map((one) => (
              <tr key={one.chip}><td>{chipName(one.chip)}</td><td class="num">{one.best_gw}</td><td class="num">{signed(one.gain_pts)}</td><td class="num">{one.later_pts > 0 ? number(one.later_pts, 1) : 'lapses'}</td></tr>
            ))}</tbody>
          </table>
        )}
      </div>
    </section>
  );
}

/** Plans that begin otherwise, and by how much they are behind. */
function NextBest({decision: {next_best_plans: all}}: {decision: Decision}): JSX.Element | null {
  return all.length === 0 ? null : (
    <section class="card" aria-label="The next best plans">
      <div class="card-head"><h2>The next best plans</h2><span class="small faint">Each begins otherwise; in points, later gameweeks weighing less.</span></div>
      <ul class="transfers">
        {all.map((one) => (
          <li key={one.decision}><p class="transfer"><span class="wrap">{one.decision[0]!.toUpperCase() + one.decision.slice(1)}{one.rank_risk && <span class="small quiet">{` · ${field(one.rank_risk)}`}</span>}</span><span class="badge">{signed(-one.behind_pts)}</span></p></li>
        ))}
      </ul>
    </section>
  );
}

/** The gameweeks to come: how many points, by which transfers. */
function Horizon({decision: {horizon}}: {decision: Decision}): JSX.Element {
  const most = Math.max(...horizon.map((one) => one.expected_pts), 1);
  return (
    <section class="card" aria-label="The weeks to come">
      <div class="card-head"><h2>The weeks to come</h2></div>
      <ol class="horizon">
        {horizon.map((week) => (
          <li key={week.gameweek}>
            <div class="week-bar" aria-hidden="true"><i style={{height: `${(100 * week.expected_pts) / most}%`}} /></div>
            <strong>{number(week.expected_pts, 1)}</strong>
            <span class="small quiet">Gameweek {week.gameweek}</span>
            {week.chip && <span class="badge accent">{chipName(week.chip)}</span>}
            {week.transfers.map((one) => (
              <span key={one.player_in_id} class="small faint wrap">{one.player_out_name} → {one.player_in_name}</span>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

const LEVELS = {HIGH: 'bad', MEDIUM: 'warn', LOW: ''};

function Risks({decision: {risk_scenarios: risks}}: {decision: Decision}): JSX.Element | null {
  return risks.length === 0 ? null : (
    <section class="card" aria-label="Risks">
      <div class="card-head"><h2>What could go wrong</h2></div>
      <ul class="risks">
        {risks.map((one) => (
          <li key={one.condition}><span class={`badge ${LEVELS[one.risk_level]}`}>{one.risk_level.toLowerCase()}</span><span class="wrap">{one.condition}</span>
            <span class="num quiet">{number(one.expected_loss_range[0], 1)} to {number(one.expected_loss_range[1], 1)} points</span></li>
        ))}
      </ul>
    </section>
  );
}
