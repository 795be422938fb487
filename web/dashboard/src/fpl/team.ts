import type {Decision, Player} from './api.js';

/** The rows of a pitch, from the own goal forwards. */
export const LINES = ['Goalkeeper', 'Defender', 'Midfielder', 'Forward'] as const;

/** A player in his place, and what is to be known of him at a glance. */
export interface Placed {
  player: Player;
  captain: boolean;
  vice: boolean;
  /** Whether he comes by one of the transfers. */
  fresh: boolean;
}

/** The eleven by line, and the bench in its order. */
export function placed(decision: Decision): {lines: Placed[][]; bench: Placed[]} {
  const {captain, vice_captain: vice} = decision.captaincy;
  const fresh = new Set(decision.transfer_recommendations.map((transfer) => transfer.player_in_id));
  const place = (player: Player): Placed => ({
    player,
    captain: player.player_id === captain.player_id,
    vice: player.player_id === vice.player_id,
    fresh: fresh.has(player.player_id),
  });
  const {starters, bench} = decision.optimized_xi;
  return {
    lines: LINES.map((line) => starters.filter(({position}) => position === line).map(place)),
    bench: bench.map(place),
  };
}

const DECISIONS = {
  SQUAD: 'Begin with this squad',
  HOLD: 'Keep the team',
  ROLL: 'Save the transfer',
  TRANSFER: 'Make transfers',
  CHIP: 'Play a chip',
};

/** The decision in a few words. */
export function headline({primary_decision: decision, transfer_recommendations: transfers, chip_guidance: chip}: Decision): string {
  if (decision === 'TRANSFER' && transfers.length > 0) {
    return transfers.length === 1 ? 'Make one transfer' : `Make ${transfers.length} transfers`;
  }
  return decision === 'CHIP' && chip.chip ? `Play the ${chipName(chip.chip)}` : DECISIONS[decision];
}

/** `bench_boost` as players call it. */
export function chipName(chip: string): string {
  return chip.replace(/_/g, ' ');
}

/** Points with their sign: a gain is to be seen as one. */
export function signed(points: number): string {
  const text = Math.abs(points).toFixed(1);
  return points < 0 ? `−${text}` : `+${text}`;
}

/** What a player's points are made of, the largest part first; parts too small to see are left out. */
export function parts(explanation: Record<string, number> | null): {name: string; points: number}[] {
  return Object.entries(explanation ?? {})
    .map(([name, points]) => ({name, points}))
    .filter(({points}) => Math.abs(points) >= 0.005)
    .sort((left, right) => Math.abs(right.points) - Math.abs(left.points));
}
