/** Why a token is asked for: at the start, before the old one ends, or because it was refused. */
export type TokenReason = 'start' | 'renew' | 'refused';

/** Gives the newest token; may ask a server for it. */
export type TokenSupplier = (reason: TokenReason) => string | undefined | Promise<string | undefined>;

/** The client's credentials: a token that may be replaced, or whoever supplies them. */
export class Credentials {
  private supplier: TokenSupplier;
  private present: string | undefined;
  private asking: Promise<string | undefined> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(token: string | TokenSupplier | undefined) {
    this.supplier = typeof token === 'function' ? token : () => token;
  }

  /** The token in use; asks the supplier the first time. */
  async token(): Promise<string | undefined> {
    return this.present ?? this.ask('start');
  }

  /** Asks for a newer token. Those who ask at the same time get the same answer. */
  ask(reason: TokenReason): Promise<string | undefined> {
    this.asking ??= Promise.resolve(this.supplier(reason))
      .then((token) => (this.present = token))
      .finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** Uses another token or supplier from now on. */
  replace(token: string | TokenSupplier | undefined): void {
    this.supplier = typeof token === 'function' ? token : () => token;
    this.present = typeof token === 'function' ? undefined : token;
    this.listeners.forEach((listener) => listener());
  }

  /** Uses a newer token of the same supplier. */
  renewed(token: string): void {
    this.present = token;
    this.listeners.forEach((listener) => listener());
  }

  /** Calls back after each replacement; returns what ends that. */
  onReplaced(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** Who a token stands for: the same for every token of one user with the same rights. */
export function identity(token: string | undefined): string {
  if (token === undefined) {
    return '';
  }
  try {
    const payload = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const {iss, sub, role, topics} = JSON.parse(atob(payload)) as {[key: string]: unknown};
    return JSON.stringify([iss, sub, role, topics]);
  } catch {
    return token; // an API key
  }
}
