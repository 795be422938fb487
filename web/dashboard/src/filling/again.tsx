import './new.css';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {navigate} from '../router.js';
import {client} from '../session.js';
import {Field, TimeField} from '../ui/field.js';
import {Button, Tabs, useLoaded} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {againBody, type Mode} from './again-body.js';
import type {Schedule, Strategy} from './api.js';

/** Asks for a schedule that goes on from this one at a moment, or begins anew by its rules, and shows it. */
export function Again({schedule, close}: {schedule: Schedule; close: () => void}): JSX.Element {
  const zone = schedule.rules?.time_zone ?? 'UTC';
  const [mode, setMode] = useState<Mode>('on');
  const [from, setFrom] = useState('');
  const [move, setMove] = useState('');
  const [strategy, choose] = useState(schedule.strategy);
  const [busy, setBusy] = useState(false);
  const strategies = useLoaded('strategies', () => client.request<{strategies: Strategy[]}>('/api/v1/strategies'));
  const names = strategies.value?.strategies.filter(({available}) => available).map(({name}) => name) ?? [schedule.strategy];
  const ask = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    await attempt(async () => {
      const path = `/api/v1/schedule/${schedule.id}/replan`;
      const {id} = await client.request<{id: number}>(path, {method: 'POST', body: againBody(mode, from, move, strategy, zone)});
      close();
      navigate(`/schedule/${id}`);
    });
    setBusy(false);
  };
  return (
    <form class="card card-body stack again no-print" aria-label="Plan again" onSubmit={(event) => void ask(event)}>
      <Tabs label="From when on" value={mode} choose={setMode}
        options={[{value: 'on', text: 'Go on from a moment'}, {value: 'anew', text: 'From the beginning'}]} />
      <p class="small quiet">{mode === 'on'
        ? 'What has begun by then stays; the other lots are planned anew, and moving one costs something.'
        : 'The same lots by the same rules, as if nothing had been filled.'}</p>
      <div class="site-two">
        {mode === 'on' && <TimeField id="again-from" label={`From (${zone})`} hint="now, when left empty" value={from} typed={setFrom} />}
        {mode === 'on' && <Field id="again-move" label="A moved lot costs" unit="h" placeholder="1" inputMode="decimal" value={move} typed={setMove} />}
        <div class="field">
          <label for="again-strategy">Strategy</label>
          <select class="input" id="again-strategy" value={strategy} onChange={(event) => choose(event.currentTarget.value)}>
            {names.map((name) => <option key={name} value={name}>{name}</option>)}
          </select>
        </div>
      </div>
      <div class="drop-acts">
        <Button kind="main" type="submit" disabled={busy}>{busy ? 'Starting…' : 'Plan again'}</Button>
        <Button kind="plain" onClick={close}>Not now</Button>
      </div>
    </form>
  );
}
