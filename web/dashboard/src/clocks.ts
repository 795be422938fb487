/**
 * The clocks of a time zone. Moments are milliseconds since 1970; what clocks show is written as the moment at which
 * those of UTC show it, so that its parts are read by `getUTC…`.
 */
export class Clocks {
  readonly #format: Intl.DateTimeFormat;

  /** @param zone as IANA names it; the visitor's own when absent */
  constructor(readonly zone?: string) {
    this.#format = new Intl.DateTimeFormat('en-GB', {
      ...(zone !== undefined && {timeZone: zone}), hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /** The zone's name. */
  get name(): string {
    return this.#format.resolvedOptions().timeZone;
  }

  /** What the clocks show at a moment. */
  shown(at: number): number {
    const parts = Object.fromEntries(this.#format.formatToParts(at).map(({type, value}) => [type, Number(value)]));
    const {year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0} = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1_000) + 1_000) % 1_000);
  }

  /** A moment at which the clocks show something; the moment of their change where they pass it over. */
  moment(shown: number): number {
    const guess = shown - this.#offset(shown);
    return shown - this.#offset(guess);
  }

  #offset(at: number): number {
    return this.shown(at) - at;
  }
}

/** The visitor's. */
export const HERE = new Clocks();
