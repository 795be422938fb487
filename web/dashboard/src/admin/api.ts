import type {contract} from '@headway/client';

export type ServerStatus = contract.ServerStatus;
