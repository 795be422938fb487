import type {Token, TokenReason, User} from '@headway/client';
import {connect, HeadwayError} from '@headway/client';
import {computed, signal} from '@preact/signals';

const KEY = 'headway.token';

/** Whose pages these are. */
export type Account =
  | {kind: 'loading'}
  | {kind: 'unreachable'; reason: string}
  | {kind: 'out'; notice?: string}
  | {kind: 'anonymous'}
  | {kind: 'guest'} // who has a link, and may look at one page
  | {kind: 'user'; user: User};

export const account = signal<Account>({kind: 'loading'});

/** The signed-in user; undefined for everybody else. */
export const user = computed(() => (account.value.kind === 'user' ? account.value.user : undefined));

/** The topic in which everything appears that the visitor may see. */
export const feedTopic = computed(() => `user:${user.value?.id ?? 'anonymous'}`);

export const isAdmin = computed(() => user.value?.role === 'admin');
const isEngineer = computed(() => isAdmin.value || user.value?.role === 'engineer');

/** Whether the server serves this browser without an account, too: signing in takes nothing away. */
const servedAnyway = signal(false);

/** Whether characteristics, limits and rules may be changed: by engineers, and by everybody where no account is needed. */
export function mayEdit(): boolean {
  return isEngineer.value || servedAnyway.value;
}

/** The one connection of these pages to their server. */
export const client = connect({token: kept() ?? undefined});
client.setToken(supply);

/** What the server is. */
export const about = signal<{version: string; applications: string[]}>({version: '', applications: []});

/** Whether the server is for an application; without a name, it is for everybody. */
export function serves(application?: string): boolean {
  return application === undefined || about.value.applications.includes(application);
}

function kept(): string | null {
  return localStorage.getItem(KEY);
}

function keep(token: string | undefined): void {
  if (token === undefined) {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, token);
  }
}

async function supply(reason: TokenReason): Promise<string | undefined> {
  if (reason === 'renew' && kept() !== null) {
    await renew();
  }
  if (reason === 'refused' && kept() !== null) {
    await renew().then(() => void meet(), () => {}); // with another role a socket is refused, and the token is valid
  }
  return kept() ?? undefined;
}

async function renew(): Promise<void> {
  const path = '/api/v1/auth/refresh';
  keep((await client.request<Token>(path, {method: 'POST', once: true})).access_token);
}

/** Asks who has signed in, and as what. */
async function meet(): Promise<void> {
  const user = await client.me().catch(() => undefined);
  if (user !== undefined && account.peek().kind === 'user') {
    account.value = {kind: 'user', user};
  }
}

const WATCH = '#watch=';

/** Finds out who is here: by a link's token, by the kept token, or without one where the server allows it. */
export async function begin(): Promise<void> {
  try {
    about.value = await client.request('/health');
    servedAnyway.value = (await registration()).anonymous;
    account.value = location.hash.startsWith(WATCH) ? guest(location.hash.slice(WATCH.length)) : await found();
  } catch (failure) {
    account.value = {kind: 'unreachable', reason: words(failure)};
  }
}

function guest(token: string): Account {
  client.setToken(token);
  return {kind: 'guest'};
}

async function found(): Promise<Account> {
  if (kept() !== null) {
    try {
      return {kind: 'user', user: await client.me()};
    } catch (failure) {
      if (!refusedToken(failure)) {
        throw failure;
      }
      keep(undefined);
      client.setToken(supply);
    }
  }
  try {
    await client.jobs({limit: 1});
    return {kind: 'anonymous'};
  } catch (failure) {
    if (refusedToken(failure)) {
      return {kind: 'out'};
    }
    throw failure;
  }
}

function refusedToken(failure: unknown): boolean {
  return failure instanceof HeadwayError && (failure.status === 401 || failure.status === 403);
}

/**
 * Signs in, and stays so in this browser until the visitor signs out.
 *
 * @throws HeadwayError when the server refuses
 */
export async function signIn(email: string, password: string): Promise<void> {
  keep(undefined);
  client.setToken(undefined);
  const body = {username: email, password};
  const token = await client.request<Token>('/api/v1/auth/login', {method: 'POST', body, once: true});
  keep(token.access_token);
  client.setToken(supply);
  account.value = {kind: 'user', user: await client.me()};
}

/** Whether this browser may make an account, whether it would be the first, and whether it needs one. */
export function registration(): Promise<{open: boolean; first: boolean; anonymous: boolean}> {
  return client.request('/api/v1/auth/registration');
}

/** Makes an account and signs in with it. */
export async function register(email: string, password: string): Promise<void> {
  await client.request('/api/v1/auth/register', {method: 'POST', body: {email, password}, once: true});
  await signIn(email, password);
}

/** Ends all sessions of the account, this one, too. */
export async function signOutEverywhere(): Promise<void> {
  await client.request('/api/v1/auth/tokens', {method: 'DELETE', once: true}).catch(() => {});
  keep(undefined);
  client.setToken(supply);
  askToSignIn('You have been signed out everywhere.');
}

export async function signOut(): Promise<void> {
  await client.request('/api/v1/auth/logout', {method: 'POST', once: true}).catch(() => {});
  keep(undefined);
  client.setToken(supply);
  account.value = {kind: 'out'};
}

/** Leaves the pages for the form, keeping what a server without users would show. */
export function askToSignIn(notice?: string): void {
  account.value = notice === undefined ? {kind: 'out'} : {kind: 'out', notice};
}

/** Follows what other tabs do, and a server that wants another token. */
export function follow(): () => void {
  const stored = (event: StorageEvent) => {
    if (event.key === KEY && (event.newValue === null) !== (event.oldValue === null)) {
      client.setToken(supply);
      void begin();
    }
  };
  addEventListener('storage', stored);
  const unlisten = client.onConnection(() => {
    if (client.connection === 'refused' && account.peek().kind === 'user') {
      keep(undefined);
      askToSignIn('Your session has ended. Sign in again to go on.');
    }
  });
  return () => {
    removeEventListener('storage', stored);
    unlisten();
  };
}

/** What went wrong, for a person. */
export function words(failure: unknown): string {
  if (failure instanceof HeadwayError && failure.status === 0) {
    return 'The server cannot be reached. It may be restarting; try again in a moment.';
  }
  return failure instanceof Error ? failure.message : String(failure);
}
