import type {contract} from '@headway/client';

export type Player = contract.LinedUpPlayer;
export type Decision = contract.Decision;
export type Captaincy = Decision['captaincy'];
export type Analysis = contract.Analysis;
export type Season = contract.Season;
