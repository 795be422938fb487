import type {contract} from '@headway/client';

export type ServerStatus = contract.ServerStatus;

export type User = contract.User;

/** A page of users, with the roles that they may have. */
export interface UserPage {
  users: User[];
  roles: string[];
  total: number;
}
