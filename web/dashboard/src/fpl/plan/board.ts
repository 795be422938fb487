import type {Market, MarketPlayer, PlanWeek} from '../api.js';
import {LINES} from '../team.js';

/** What a player is in a gameweek of a plan; none when he is not in the squad. */
export type Role = 'captain' | 'vice' | 'starter' | 'bench' | undefined;

/** A player in a gameweek. */
export interface Cell {
  gameweek: number;
  role: Role;
  /** Expected; the captain's are not doubled. */
  points: number;
  bought: boolean;
  sold: boolean;
}

/** A player of the plan and his gameweeks. */
export interface Row {
  player: MarketPlayer;
  cells: Cell[];
}

/** Everybody who is in the squad in some gameweek, or was before the first: by position, then by price. */
export function board(plan: PlanWeek[], market: Market): Row[] {
  const inPlan = new Set(plan.flatMap((week) => [...week.starters, ...week.bench, ...week.sold]));
  return market.players
    .filter((player) => inPlan.has(player.player_id) || player.selling_price !== null)
    .sort((left, right) => LINES.indexOf(left.position) - LINES.indexOf(right.position) || right.price - left.price || left.player_id - right.player_id)
    .map((player) => ({player, cells: plan.map((week) => cell(player, week, market))}));
}

function cell(player: MarketPlayer, week: PlanWeek, market: Market): Cell {
  const id = player.player_id;
  return {
    gameweek: week.gameweek,
    role: role(id, week),
    points: player.expected_pts[market.gameweeks.indexOf(week.gameweek)] ?? 0,
    bought: week.bought.includes(id),
    sold: week.sold.includes(id),
  };
}

function role(id: number, week: PlanWeek): Role {
  if (id === week.captain) {
    return 'captain';
  }
  if (id === week.vice_captain) {
    return 'vice';
  }
  return week.starters.includes(id) ? 'starter' : week.bench.includes(id) ? 'bench' : undefined;
}

/** The points of a whole plan. */
export function total(plan: PlanWeek[]): number {
  return plan.reduce((sum, week) => sum + week.expected_pts, 0);
}

/** Who could come for a player: the same position, not in the squad of the gameweek before, most points from then on first. */
export function replacements(player: MarketPlayer, gameweek: number, plan: PlanWeek[], market: Market): MarketPlayer[] {
  const before = squadBefore(gameweek, plan, market);
  const from = market.gameweeks.indexOf(gameweek);
  const rest = (one: MarketPlayer) => one.expected_pts.slice(from).reduce((sum, points) => sum + points, 0);
  return market.players
    .filter((one) => one.position === player.position && !before.has(one.player_id))
    .sort((left, right) => rest(right) - rest(left));
}

/** The squad before the transfers of a gameweek; a free hit's squad is not one that stays. */
export function squadBefore(gameweek: number, plan: PlanWeek[], market: Market): Set<number> {
  const squad = new Set(market.players.filter((one) => one.selling_price !== null).map((one) => one.player_id));
  for (const week of plan.filter((one) => one.gameweek < gameweek)) {
    week.sold.forEach((id) => squad.delete(id));
    week.bought.forEach((id) => squad.add(id));
  }
  return squad;
}
