import './spc.css';
import './new.css';
import {HeadwayError} from '@headway/client';
import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client, mayEdit, words} from '../session.js';
import {Field} from '../ui/field.js';
import {Button, Empty, Loading, Notice, PageHead, useLoaded} from '../ui/parts.js';
import {attempt, tell} from '../ui/toasts.js';
import {numberOf} from '../ui/typed.js';
import {count} from '../words.js';
import type {Characteristic} from './api.js';

type Receiver = contract.AlarmReceiver;

const KINDS: {value: Receiver['kind']; text: string; address: string}[] = [
  {value: 'mail', text: 'E-mail', address: 'ada@example.org'},
  {value: 'webhook', text: 'Webhook', address: 'https://example.org/alarms'},
  {value: 'slack', text: 'Slack', address: 'https://hooks.slack.com/services/…'},
  {value: 'teams', text: 'Microsoft Teams', address: 'https://….logic.azure.com/workflows/…'},
  {value: 'ntfy', text: 'ntfy', address: 'https://ntfy.sh/line-2'},
];

const SEVERITIES = [{value: 'INFO', text: 'all'}, {value: 'WARNING', text: 'warnings and critical ones'}, {value: 'CRITICAL', text: 'critical ones alone'}];

/** Who is told of violations, by what, and again when nobody answers. */
export function AlarmsPage(): JSX.Element {
  const [adding, add] = useState(false);
  const loaded = useLoaded('receivers', () => client.request<{receivers: Receiver[]}>('/api/v1/alarm-receivers'));
  const characteristics = useLoaded('characteristics', () =>
    client.request<{characteristics: Characteristic[]}>('/api/v1/characteristics?limit=100'));
  const known = characteristics.value?.characteristics ?? [];
  const all = loaded.value?.receivers;
  const test = (one: Receiver) => attempt(async () => {
    const {taken, error} = await client.request<{taken: boolean; error: string | null}>(`/api/v1/alarm-receivers/${one.id}/test`, {method: 'POST', body: {}});
    tell(taken ? `${one.name} has taken it.` : `${one.name} did not take it: ${error}.`, !taken);
  });
  const remove = async (one: Receiver) => {
    if (confirm(`Delete the receiver “${one.name}”?`)) {
      await attempt(() => client.request(`/api/v1/alarm-receivers/${one.id}`, {method: 'DELETE'}));
      loaded.again();
    }
  };
  return (
    <main class="page" id="main">
      <PageHead title="Alarms" crumb={{href: '/characteristics', text: 'Process control'}} sub="Who is told when a violation begins, and again when nobody answers.">
        {mayEdit() && !adding && <Button icon="plus" kind="main" onClick={() => add(true)}>New receiver</Button>}
      </PageHead>
      <div class="stack">
        {loaded.failure && <Notice kind="bad">{loaded.failure}</Notice>}
        {adding && <ReceiverForm characteristics={known} done={() => (add(false), loaded.again())} />}
        {all === undefined ? !loaded.failure && <Loading what="receivers" />
          : all.length === 0 ? !adding && <div class="card"><Empty icon="warn" title="Nobody is told">Violations are shown on the pages. A receiver is told of them wherever people are: by e-mail, Slack, Teams, ntfy or a webhook.</Empty></div>
          : <Receivers all={all} characteristics={known} test={(one) => void test(one)} remove={(one) => void remove(one)} />}
      </div>
    </main>
  );
}

function Receivers(props: {all: Receiver[]; characteristics: Characteristic[]; test: (one: Receiver) => void; remove: (one: Receiver) => void}): JSX.Element {
  const of = (id: number | null) => (id === null ? 'all characteristics' : (props.characteristics.find((one) => one.id === id)?.name ?? `characteristic ${id}`));
  return (
    <div class="card scroll">
      <table class="table">
        <thead><tr><th>Receiver</th><th>By</th><th>Of</th><th>When</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
        <tbody>
          {props.all.map((one) => (
            <tr key={one.id}>
              <td class="first">{one.name}<div class="small faint cut-wide">{one.address}</div></td>
              <td class="quiet">{KINDS.find(({value}) => value === one.kind)?.text}</td>
              <td class="quiet">{of(one.characteristic_id)}<div class="small faint">{SEVERITIES.find(({value}) => value === one.severity)?.text}</div></td>
              <td class="quiet">{one.after_minutes === 0 ? 'at once' : `after ${count(one.after_minutes, 'minute')} without an answer`}
                {one.repeat_minutes !== null && <div class="small faint">again every {count(one.repeat_minutes, 'minute')}</div>}</td>
              <td class="row-acts">{mayEdit() && <>
                <Button small onClick={() => props.test(one)} aria-label={`Test ${one.name}`}>Test</Button>
                <Button small kind="plain" icon="trash" name={`Delete ${one.name}`} onClick={() => props.remove(one)} /></>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReceiverForm({characteristics, done}: {characteristics: Characteristic[]; done: () => void}): JSX.Element {
  const [typed, type] = useState<Record<string, string>>({kind: 'mail', severity: 'INFO', after: '0'});
  const [problems, tellProblems] = useState<string[]>([]);
  const field = (name: string) => ({id: `receiver-${name}`, value: typed[name] ?? '', typed: (text: string) => type({...typed, [name]: text})});
  const select = (name: string, label: string, options: {value: string; text: string}[]) => (
    <div class="field"><label for={`receiver-${name}`}>{label}</label>
      <select class="input" id={`receiver-${name}`} value={typed[name] ?? ''} onChange={(event) => type({...typed, [name]: event.currentTarget.value})}>
        {options.map((one) => <option key={one.value} value={one.value}>{one.text}</option>)}
      </select></div>
  );
  const send = async (event: Event) => {
    event.preventDefault();
    const body = {
      name: (typed['name'] ?? '').trim(), kind: typed['kind'], address: (typed['address'] ?? '').trim(), severity: typed['severity'],
      characteristic_id: typed['characteristic'] ? Number(typed['characteristic']) : null,
      after_minutes: numberOf(typed['after']) ?? 0, repeat_minutes: numberOf(typed['repeat']) ?? null, secret: typed['secret'] || null,
    };
    try {
      await client.request('/api/v1/alarm-receivers', {method: 'POST', body});
      done();
    } catch (failure) {
      tellProblems(failure instanceof HeadwayError && failure.errors.length > 0 ? failure.errors.map(({message}) => message) : [words(failure)]);
    }
  };
  const kind = KINDS.find(({value}) => value === typed['kind'])!;
  return (
    <form class="card card-body stack" aria-label="New receiver" noValidate onSubmit={(event) => void send(event)}>
      <div class="fields three">
        <Field label="Name" {...field('name')} maxLength={200} placeholder="Shift lead, line 2" />
        {select('kind', 'By', KINDS)}
        <Field label="Address" {...field('address')} maxLength={2_000} placeholder={kind.address} />
      </div>
      <div class="fields three">
        {select('characteristic', 'Of', [{value: '', text: 'all characteristics'}, ...characteristics.map((one) => ({value: String(one.id), text: one.name}))])}
        {select('severity', 'Violations', SEVERITIES)}
        {kind.value === 'webhook' && <Field label="Secret" hint="signs each message; 16 characters or more" {...field('secret')} maxLength={200} />}
      </div>
      <div class="fields three">
        <Field label="After" unit="minutes without an answer" {...field('after')} inputMode="numeric" hint="0 for at once; more to escalate" />
        <Field label="Again every" unit="minutes" {...field('repeat')} inputMode="numeric" hint="until somebody answers; empty for once" />
      </div>
      {problems.map((text) => <p key={text} class="bad-text small" role="alert">{text}</p>)}
      <div class="acts"><Button kind="main" type="submit">Add the receiver</Button><Button kind="plain" onClick={done}>Cancel</Button></div>
    </form>
  );
}
