export interface Player {
  player_id: number;
  player_name: string;
  position: 'Goalkeeper' | 'Defender' | 'Midfielder' | 'Forward';
  club: string;
  expected_points: number;
  expected_minutes: number;
  explanation: Record<string, number> | null;
}

export interface Transfer {
  player_out_id: number;
  player_out_name: string;
  player_in_id: number;
  player_in_name: string;
}

export interface Recommended extends Transfer {
  position: string;
  net_gain_pts: number;
  hit_cost: number;
  reasoning: string;
}

export interface CaptainChoice {
  player_id: number;
  player_name: string;
  expected_points: number;
}

export interface Captaincy {
  captain: CaptainChoice;
  vice_captain: CaptainChoice;
  alternatives: CaptainChoice[];
}

export interface Decision {
  primary_decision: 'HOLD' | 'ROLL' | 'TRANSFER' | 'CHIP';
  reasoning: string;
  confidence_score: number;
  confidence_label: 'HIGH' | 'MEDIUM' | 'LOW';
  transfer_recommendations: Recommended[];
  captaincy: Captaincy;
  chip_guidance: {
    chip: string | null;
    use_this_gw: boolean;
    best_future_gw: number | null;
    reasoning: string;
    outlook: {chip: string; best_gw: number; gain_pts: number}[];
  };
  optimized_xi: {formation: string; starters: Player[]; bench: Player[]; total_expected_pts: number};
  risk_scenarios: {condition: string; expected_loss_range: [number, number]; risk_level: 'LOW' | 'MEDIUM' | 'HIGH'}[];
  horizon: {gameweek: number; expected_pts: number; chip: string | null; transfers: Transfer[]}[];
  solver: {objective: number; bound: number; gap: number; status: 'OPTIMAL' | 'FEASIBLE'};
  data_source: string;
}

export type AnalysisStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';

export interface Analysis {
  analysis_id: string;
  job_id: string;
  team_id: number;
  status: AnalysisStatus;
  created_at: string;
  completed_at: string | null;
  results?: Decision | null;
  error: string | null;
  error_details?: string | null;
}

export interface Season {
  source: 'sample' | 'uploaded' | 'live';
  captured_at?: string;
  teams?: number[];
}
