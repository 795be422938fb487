import {describe, expect, test} from 'vitest';
import type {Constraints, Market, MarketPlayer, PlanWeek} from '../src/fpl/api.js';
import {board, replacements, squadBefore, total} from '../src/fpl/plan/board.js';
import {chipOf, chipped, demands, moved, rested, ruled} from '../src/fpl/plan/demands.js';

function player(id: number, position: MarketPlayer['position'], price: number, owned: boolean, points = [1, 2]): MarketPlayer {
  return {player_id: id, player_name: `P${id}`, position, club: 'ARS', price, selling_price: owned ? price : null, expected_pts: points};
}

function week(gameweek: number, starters: number[], bought: number[], sold: number[]): PlanWeek {
  return {gameweek, expected_pts: 10, chip: null, free_transfers: 1, hits: 0, bank: 5, captain: starters[0]!, vice_captain: starters[1]!, starters, bench: [], bought, sold};
}

const MARKET: Market = {
  gameweeks: [2, 3],
  players: [player(1, 'Forward', 90, true), player(2, 'Goalkeeper', 45, true), player(3, 'Forward', 80, false, [5, 9]), player(4, 'Forward', 70, false, [1, 20]), player(5, 'Defender', 40, false)],
};
const PLAN = [week(2, [1, 2], [], []), week(3, [2, 3], [3], [1])];

describe('a board', () => {
  test('has everybody of the plan by position, with what each is in each gameweek', () => {
    const rows = board(PLAN, MARKET);
    expect(rows.map(({player: one}) => one.player_id)).toEqual([2, 1, 3]);
    expect(rows[1]!.cells).toEqual([
      {gameweek: 2, role: 'captain', points: 1, bought: false, sold: false},
      {gameweek: 3, role: undefined, points: 2, bought: false, sold: true},
    ]);
    expect(rows[2]!.cells[1]).toMatchObject({role: 'vice', points: 9, bought: true});
    expect(total(PLAN)).toBe(20);
  });

  test('knows who can come for whom, the best first', () => {
    expect([...squadBefore(3, PLAN, MARKET)]).toEqual([1, 2]);
    expect(replacements(MARKET.players[0]!, 3, PLAN, MARKET).map((one) => one.player_id)).toEqual([4, 3]);
  });
});

describe('what one insists on', () => {
  const name = (id: number) => `P${id}`;
  const texts = (all: Constraints) => demands(all, name).map((one) => one.text);

  test('a player is kept or done without, in some gameweeks or always, never both', () => {
    const kept = ruled(ruled({}, 'locks', 7, 3), 'locks', 7, 2);
    expect(texts(kept)).toEqual(['Keep P7 in gameweeks 2, 3']);
    expect(texts(ruled(kept, 'locks', 7, undefined))).toEqual(['Keep P7']);
    expect(texts(ruled(kept, 'bans', 7, undefined))).toEqual(['Do without P7']);
  });

  test('a move is booked, and another one of the same player takes its place', () => {
    const booked = moved(moved({no_transfers: [3]}, 3, 1, 4), 3, 1, 3);
    expect(texts(booked)).toEqual(['Sell P1 for P3 before gameweek 3']);
    expect(texts(rested(booked, 3, true))).toEqual(['No transfers before gameweek 3']);
  });

  test('a gameweek has one chip, none, or any; a chip that is played moves', () => {
    const played = chipped({}, 2, 'bench_boost');
    expect(chipOf(played, 2)).toBe('bench_boost');
    expect(texts(chipped(played, 3, 'bench_boost'))).toEqual(['Play the bench boost in gameweek 3']);
    expect(chipOf(chipped(played, 2, 'none'), 2)).toBe('none');
    expect(chipped(played, 2, '')).toEqual({});
    const refused: Constraints = {chips: [{chip: 'wildcard', gameweek: 2, play: false}, {chip: 'free_hit', gameweek: 2, play: false}]};
    expect(chipOf(refused, 2)).toBe('');
    expect(texts(refused)).toEqual(['No wildcard or free hit in gameweek 2']);
  });

  test('everything can be taken back', () => {
    let all: Constraints = rested(chipped(moved(ruled(ruled({}, 'locks', 1, 2), 'bans', 5, undefined), 3, 1, 4), 2, 'none'), 4, true);
    expect(texts(all)).toEqual(['Keep P1 in gameweek 2', 'Do without P5', 'Sell P1 for P4 before gameweek 3', 'No chip in gameweek 2', 'No transfers before gameweek 4']);
    while (demands(all, name).length > 0) {
      all = demands(all, name)[0]!.without;
    }
    expect(all).toEqual({});
  });
});
