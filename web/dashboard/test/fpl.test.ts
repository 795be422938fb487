import {describe, expect, test} from 'vitest';
import {share} from '../src/admin/share.js';
import type {Decision, Player} from '../src/fpl/api.js';
import {chipName, headline, parts, placed, signed} from '../src/fpl/team.js';

function player(id: number, position: Player['position']): Player {
  return {player_id: id, player_name: `P${id}`, position, club: 'ARS', expected_points: 5, expected_minutes: 90, explanation: null};
}

const ELEVEN = [
  player(1, 'Goalkeeper'), ...[2, 3, 4].map((id) => player(id, 'Defender')), ...[5, 6, 7, 8].map((id) => player(id, 'Midfielder')),
  ...[9, 10, 11].map((id) => player(id, 'Forward')),
];
const choice = (id: number) => ({player_id: id, player_name: `P${id}`, expected_points: 6});
const DECISION = {
  primary_decision: 'TRANSFER',
  transfer_recommendations: [{player_out_id: 99, player_out_name: 'Out', player_in_id: 7, player_in_name: 'P7', position: 'Midfielder', net_gain_pts: 3, hit_cost: 0, reasoning: ''}],
  captaincy: {captain: choice(9), vice_captain: choice(5), alternatives: []},
  chip_guidance: {chip: null, use_this_gw: false, best_future_gw: null, reasoning: '', outlook: []},
  optimized_xi: {formation: '3-4-3', starters: ELEVEN, bench: [12, 13, 14, 15].map((id) => player(id, 'Defender')), total_expected_pts: 60},
} as unknown as Decision;

describe('a line-up', () => {
  test('stands in its lines, with captain, vice and newcomers marked', () => {
    const {lines, bench} = placed(DECISION);
    expect(lines.map((line) => line.length)).toEqual([1, 3, 4, 3]);
    expect(lines[3]![0]).toMatchObject({captain: true, vice: false});
    expect(lines[2]!.map(({fresh, vice}) => [fresh, vice])).toEqual([[false, true], [false, false], [true, false], [false, false]]);
    expect(bench.map(({player: one}) => one.player_id)).toEqual([12, 13, 14, 15]);
  });
});

test('the decision is said in a few words', () => {
  expect(headline(DECISION)).toBe('Make one transfer');
  expect(headline({...DECISION, transfer_recommendations: [...DECISION.transfer_recommendations, ...DECISION.transfer_recommendations]})).toBe('Make 2 transfers');
  expect(headline({...DECISION, primary_decision: 'ROLL'})).toBe('Save the transfer');
  expect(headline({...DECISION, primary_decision: 'CHIP', chip_guidance: {...DECISION.chip_guidance, chip: 'bench_boost'}})).toBe('Play the bench boost');
  expect(chipName('triple_captain')).toBe('triple captain');
});

test('gains and losses have their signs', () => {
  expect(signed(3.25)).toBe('+3.3');
  expect(signed(-4)).toBe('−4.0');
});

test('parts of a projection come largest first, and nothing that is nothing', () => {
  expect(parts({goals: 2, cards: -0.4, bonus: 0.001, assists: 3}).map(({name}) => name)).toEqual(['assists', 'goals', 'cards']);
  expect(parts(null)).toEqual([]);
});

test.each([[5, 10, 50], [20, 10, 100], [0, 0, 0]])('%d of %d is %d %%', (used, most, percent) => expect(share(used, most)).toBe(percent));
