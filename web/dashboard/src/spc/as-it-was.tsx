import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {TimeField} from '../ui/field.js';
import {Button} from '../ui/parts.js';
import type {ChartData} from './api.js';
import {instant, localTime} from './stage-draft.js';

/** A chart as it was at a time. */
export interface Then {
  at: string;
  chart: ChartData;
}

/**
 * Asks for the chart as it was at a time, by the audit trail.
 *
 * @param props.most how many samples
 */
export function AsItWas({id, most, show}: {id: number; most: string; show: (then: Then) => void}): JSX.Element {
  const [asking, ask] = useState(false);
  const [time, type] = useState('');
  const [failure, fail] = useState<string>();
  const send = async (event: Event) => {
    event.preventDefault();
    const at = instant(time);
    if (at === undefined) {
      return fail('Say a date and a time.');
    }
    try {
      show({at, chart: await client.request<ChartData>(`/api/v1/characteristics/${id}/chart-data?limit=${most}&as_of=${encodeURIComponent(at)}`)});
      ask(false);
      fail(undefined);
    } catch (refused) {
      fail(words(refused));
    }
  };
  return asking ? (
    <form class="as-it-was" onSubmit={(event) => void send(event)}>
      <TimeField id="as-it-was" label="As it was at" value={time} typed={type} fault={failure} />
      <Button small kind="main" type="submit">Show</Button>
      <Button small kind="plain" onClick={() => ask(false)}>Cancel</Button>
    </form>
  ) : <Button onClick={() => (ask(true), fail(undefined), type(localTime(new Date().toISOString())))}>As it was…</Button>;
}
