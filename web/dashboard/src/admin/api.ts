import type {contract} from '@headway/client';

export type ServerStatus = contract.ServerStatus;

export type User = contract.User;

export type Queue = contract.QueueState;

export interface QueuePage {
  queues: Queue[];
}

/** A page of the changes of accounts. */
export interface AuditPage {
  entries: {at: string; actor: string; action: string; account: string; detail: string}[];
  total: number;
}

/** A page of users, with the roles that they may have. */
export interface UserPage {
  users: User[];
  roles: string[];
  total: number;
}
