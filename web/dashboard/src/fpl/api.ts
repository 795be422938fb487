import type {contract} from '@headway/client';

export type Player = contract.LinedUpPlayer;
export type Decision = contract.Decision;
export type Captaincy = Decision['captaincy'];
export type Analysis = contract.Analysis;
export type Constraints = NonNullable<contract.Constraints>;
export type PlanWeek = contract.PlanWeek;
export type Market = contract.PlayerMarket;
export type MarketPlayer = Market['players'][number];
export type Season = contract.Season;
