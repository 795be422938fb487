import type {Constraints} from '../api.js';
import {chipName} from '../team.js';

/** What a manager insists on, in words, and the constraints without it. */
export interface Demand {
  text: string;
  without: Constraints;
}

type Rules = 'locks' | 'bans';

/** The constraints with a player locked or banned in one gameweek, or in all; a rule of the other kind yields. */
export function ruled(all: Constraints, rules: Rules, player: number, gameweek: number | undefined): Constraints {
  const other = rules === 'locks' ? 'bans' : 'locks';
  const known = all[rules]?.find((one) => one.player_id === player);
  const weeks = gameweek === undefined || (known && !known.gameweeks) ? undefined : [...new Set([...(known?.gameweeks ?? []), gameweek])].sort((a, b) => a - b);
  const rule = {player_id: player, ...(weeks && {gameweeks: weeks})};
  return slim({
    ...all,
    [rules]: [...(all[rules] ?? []).filter((one) => one.player_id !== player), rule],
    [other]: (all[other] ?? []).filter((one) => one.player_id !== player),
  });
}

/** The constraints with a transfer booked; who goes by another one before the same deadline no longer does. */
export function moved(all: Constraints, gameweek: number, out: number, into: number): Constraints {
  const others = (all.moves ?? []).filter((one) => one.gameweek !== gameweek || one.player_out_id !== out);
  const weeks = all.no_transfers?.filter((one) => one !== gameweek) ?? [];
  return slim({...all, no_transfers: weeks, moves: [...others, {gameweek, player_out_id: out, player_in_id: into}]});
}

/** The chip of a gameweek: one that is played, `none` for no chip at all, or nothing for what the plan likes. */
export function chipped(all: Constraints, gameweek: number, chip: string): Constraints {
  const others = (all.chips ?? []).filter((one) => one.gameweek !== gameweek && (one.play === false || one.chip !== chip));
  const mine = chip === '' ? [] : chip === 'none' ? CHIPS.map((each) => ({chip: each, gameweek, play: false})) : [{chip: chip as Chip, gameweek}];
  return slim({...all, chips: [...others, ...mine]});
}

/** The chip that is demanded in a gameweek, as `chipped` takes it; nothing where only some are refused. */
export function chipOf(all: Constraints, gameweek: number): string {
  const rules = (all.chips ?? []).filter((one) => one.gameweek === gameweek);
  const played = rules.find((one) => one.play !== false);
  return played?.chip ?? (CHIPS.every((chip) => rules.some((one) => one.chip === chip)) ? 'none' : '');
}

/** The constraints with a gameweek without transfers, or with one that may have some; booked ones go. */
export function rested(all: Constraints, gameweek: number, rest: boolean): Constraints {
  const others = (all.no_transfers ?? []).filter((one) => one !== gameweek);
  return slim({
    ...all,
    no_transfers: rest ? [...others, gameweek].sort((a, b) => a - b) : others,
    moves: (all.moves ?? []).filter((one) => !rest || one.gameweek !== gameweek),
  });
}

type Chip = NonNullable<Constraints['chips']>[number]['chip'];

export const CHIPS: Chip[] = ['wildcard', 'free_hit', 'bench_boost', 'triple_captain'];

/** Everything that is insisted on, each with what is left when it is taken back. */
export function demands(all: Constraints, name: (id: number) => string): Demand[] {
  const rule = (rules: Rules, verb: string) => (all[rules] ?? []).map((one) => ({
    text: `${verb} ${name(one.player_id)}${one.gameweeks ? ` in ${weeks(one.gameweeks)}` : ''}`,
    without: slim({...all, [rules]: all[rules]!.filter((other) => other !== one)}),
  }));
  const chips = [...new Set((all.chips ?? []).map((one) => one.gameweek))].map((gameweek) => ({
    text: `${chipText(all, gameweek)} in ${weeks([gameweek])}`,
    without: chipped(all, gameweek, ''),
  }));
  return [
    ...rule('locks', 'Keep'),
    ...rule('bans', 'Do without'),
    ...(all.moves ?? []).map((one) => ({
      text: `Sell ${name(one.player_out_id)} for ${name(one.player_in_id)} before ${weeks([one.gameweek])}`,
      without: slim({...all, moves: all.moves!.filter((other) => other !== one)}),
    })),
    ...chips,
    ...(all.no_transfers ?? []).map((gameweek) => ({text: `No transfers before ${weeks([gameweek])}`, without: rested(all, gameweek, false)})),
  ];
}

function chipText(all: Constraints, gameweek: number): string {
  const chip = chipOf(all, gameweek);
  const refused = all.chips!.filter((one) => one.gameweek === gameweek && one.play === false).map((one) => chipName(one.chip));
  return chip === '' ? `No ${refused.join(' or ')}` : chip === 'none' ? 'No chip' : `Play the ${chipName(chip)}`;
}

function weeks(all: number[]): string {
  return `gameweek${all.length > 1 ? 's' : ''} ${all.join(', ')}`;
}

/* An empty list demands nothing. */
function slim(all: Constraints): Constraints {
  return Object.fromEntries(Object.entries(all).filter(([, list]) => (list as unknown[] | null)?.length)) as Constraints;
}
