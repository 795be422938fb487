import {Clocks} from '../clocks.js';
import {numberOf} from '../ui/typed.js';

/** Whether a schedule goes on or begins anew. */
export type Mode = 'on' | 'anew';

/** What is sent to plan a schedule again: from a time by the site's clocks on, or from now where none is given. */
export function againBody(mode: Mode, from: string, move: string, strategy: string, zone: string): Record<string, unknown> {
  const body: Record<string, unknown> = {strategy};
  if (mode === 'anew') {
    return {...body, anew: true};
  }
  const hours = numberOf(move);
  return {
    ...body,
    ...(from !== '' && {at: new Date(new Clocks(zone).moment(Date.parse(`${from}Z`))).toISOString()}),
    ...(hours !== undefined && {move_hours: hours}),
  };
}
