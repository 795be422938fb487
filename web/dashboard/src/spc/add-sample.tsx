import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useRef, useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {Field} from '../ui/field.js';
import {Button} from '../ui/parts.js';
import {tell} from '../ui/toasts.js';
import {numberOf} from '../ui/typed.js';
import type {Characteristic} from './api.js';
import {exact} from './digits.js';
import {measurementsOf} from './draft.js';
import {zoneWords} from './state.js';

interface Taken {
  mean: number;
  zone: string | null;
}

/** A sample taken by hand, now. The stream shows it on the chart, to everybody. */
export function AddSample({characteristic, open}: {characteristic: Characteristic; open: boolean}): JSX.Element {
  const names = measurementsOf(characteristic);
  const [values, set] = useState<readonly string[]>([]);
  const [batch, setBatch] = useState('');
  const [failure, fail] = useState<readonly {field?: string; message: string}[]>([]);
  const [busy, setBusy] = useState(false);
  const [openAtFirst] = useState(open); // from then on it is the visitor's to close
  const first = useRef<HTMLFormElement>(null);
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    fail([]);
    try {
      const measurements = names.map((_, at) => numberOf(values[at])).filter((one) => one !== undefined);
      const body = {characteristic_id: characteristic.id, measurements, ...(batch.trim() && {batch_number: batch.trim()})};
      const taken = await client.request<Taken>('/api/v1/samples', {method: 'POST', body, once: true});
      tell(`${exact(taken.mean)} was taken: ${zoneWords(taken.zone)}.`);
      set([]);
      first.current?.querySelector('input')?.focus();
    } catch (refused) {
      fail(refused instanceof HeadwayError && refused.errors.length > 0 ? refused.errors : [{message: words(refused)}]);
    }
    setBusy(false);
  };
  const faultAt = (at: number) => failure.find(({field}) => field?.endsWith(`[${at}]`))?.message;
  const others = failure.filter(({field}) => !/\[\d+\]$/.test(field ?? ''));
  return (
    <details class="card add-sample no-print" open={openAtFirst || undefined}>
      <summary><h2>Add a sample</h2></summary>
      <form ref={first} class="card-body stack" noValidate onSubmit={(event) => void send(event)}>
        <div class="measurements">
          {names.map((name, at) => (
            <Field key={name} id={`measurement-${at}`} label={name} inputMode="decimal" value={values[at] ?? ''} fault={faultAt(at)}
              typed={(text) => set(names.map((_, other) => (other === at ? text : (values[other] ?? ''))))} />
          ))}
          <Field id="batch" label="Batch" maxLength={200} value={batch} typed={setBatch} />
        </div>
        {others.map(({message}) => <p key={message} class="bad-text small" role="alert">{message}</p>)}
        <div><Button kind="main" type="submit" disabled={busy || values.every((one) => one.trim() === '')}>Add</Button></div>
      </form>
    </details>
  );
}
