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
import {count, dateTime} from '../words.js';
import type {Characteristic} from './api.js';

type Signal = contract.Signal;

interface Node {
  node: string;
  online: boolean;
  since: string;
}

interface Refused {
  id: number;
  topic: string;
  payload: string;
  reasons: {field?: string; message?: string}[];
  at: string;
}

/** Where the values that machines publish lead, and what could not be read. */
export function MachinesPage(): JSX.Element {
  const [adding, add] = useState(false);
  const loaded = useLoaded('signals', () => client.request<{signals: Signal[]; nodes: Node[]}>('/api/v1/signals'));
  const refused = useLoaded('refused', () => client.request<{messages: Refused[]; total: number}>('/api/v1/refused-messages?limit=20'));
  const characteristics = useLoaded('characteristics', () =>
    client.request<{characteristics: Characteristic[]}>('/api/v1/characteristics?limit=100'));
  const known = characteristics.value?.characteristics ?? [];
  const again = () => (loaded.again(), refused.again());
  const remove = (one: Signal) => attempt(() => client.request(`/api/v1/signals/${one.id}`, {method: 'DELETE'})).then(again);
  const retry = (one: Refused) => attempt(async () => {
    const {taken} = await client.request<{taken: boolean}>(`/api/v1/refused-messages/${one.id}/retry`, {method: 'POST', body: {}});
    tell(taken ? 'The message was taken in.' : 'The message was refused again.', !taken);
  }).then(again);
  const value = loaded.value;
  return (
    <main class="page" id="main">
      <PageHead title="Machines" crumb={{href: '/characteristics', text: 'Process control'}} sub="A signal leads a value that a machine publishes by MQTT to a characteristic.">
        {mayEdit() && !adding && <Button icon="plus" kind="main" onClick={() => add(true)}>New signal</Button>}
      </PageHead>
      <div class="stack">
        {loaded.failure && <Notice kind="bad">{loaded.failure}</Notice>}
        {adding && <SignalForm characteristics={known} done={() => (add(false), again())} />}
        {value === undefined ? !loaded.failure && <Loading what="signals" />
          : value.signals.length === 0 ? !adding && <div class="card"><Empty icon="chart" title="No signal yet">Samples under headway/characteristics/+/samples are taken in any case. For other topics, JSON messages and Sparkplug B, a signal says where each value leads.</Empty></div>
          : <Signals all={value.signals} characteristics={known} remove={(one) => void remove(one)} />}
        {value !== undefined && value.nodes.length > 0 && <Nodes all={value.nodes} />}
        {refused.value !== undefined && refused.value.total > 0 && <RefusedMessages all={refused.value.messages} total={refused.value.total} retry={(one) => void retry(one)} />}
      </div>
    </main>
  );
}

function Signals(props: {all: Signal[]; characteristics: Characteristic[]; remove: (one: Signal) => void}): JSX.Element {
  return (
    <div class="card scroll">
      <table class="table">
        <thead><tr><th>Topic</th><th>Value</th><th>Leads to</th><th>Subgroups</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
        <tbody>
          {props.all.map((one) => (
            <tr key={one.id}>
              <td class="first">{one.topic}</td><td class="quiet">{one.path ?? 'the message'}</td>
              <td><a href={`/characteristic/${one.characteristic_id}`}>{props.characteristics.find(({id}) => id === one.characteristic_id)?.name ?? one.characteristic_id}</a></td>
              <td class="quiet">{one.gather_seconds === null ? 'each value' : `gathered within ${count(one.gather_seconds, 'second')}`}{one.key_path && `, by ${one.key_path}`}</td>
              <td class="row-acts">{mayEdit() && <Button small kind="plain" icon="trash" name={`Delete the signal of ${one.topic}`} onClick={() => props.remove(one)} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Nodes({all}: {all: Node[]}): JSX.Element {
  return (
    <section class="card" aria-label="Sparkplug nodes">
      <div class="card-head"><h2>Sparkplug nodes and devices</h2></div>
      <table class="table"><tbody>{all.map((one) => (
        <tr key={one.node}><td class="first">{one.node}</td><td><span class={`badge ${one.online ? 'good' : 'bad'}`}>{one.online ? 'online' : 'offline'}</span></td>
          <td class="quiet">since {dateTime(one.since)}</td></tr>))}</tbody></table>
    </section>
  );
}

function RefusedMessages({all, total, retry}: {all: Refused[]; total: number; retry: (one: Refused) => void}): JSX.Element {
  return (
    <section class="card" aria-label="Refused messages">
      <div class="card-head"><h2>Messages that could not be read</h2><span class="badge bad">{count(total, 'message')}</span></div>
      <div class="scroll">
        <table class="table">
          <thead><tr><th>Topic</th><th>Message</th><th>What is wrong</th><th>Came</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
          <tbody>{all.map((one) => (
            <tr key={one.id}><td class="first">{one.topic}</td><td class="quiet cut-wide"><code>{one.payload}</code></td>
              <td class="bad-text small">{one.reasons.map(({field, message}) => [field, message].filter(Boolean).join(': ')).join('; ')}</td>
              <td class="quiet">{dateTime(one.at)}</td>
              <td class="row-acts">{mayEdit() && <Button small onClick={() => retry(one)} aria-label={`Try message ${one.id} again`}>Try again</Button>}</td></tr>))}</tbody>
        </table>
      </div>
    </section>
  );
}

function SignalForm({characteristics, done}: {characteristics: Characteristic[]; done: () => void}): JSX.Element {
  const [typed, type] = useState<Record<string, string>>({});
  const [problems, tellProblems] = useState<string[]>([]);
  const field = (name: string) => ({id: `signal-${name}`, value: typed[name] ?? '', typed: (text: string) => type({...typed, [name]: text})});
  const send = async (event: Event) => {
    event.preventDefault();
    const body = {
      topic: (typed['topic'] ?? '').trim(), path: (typed['path'] ?? '').trim() || null, characteristic_id: Number(typed['characteristic'] ?? characteristics[0]?.id),
      gather_seconds: numberOf(typed['gather']) ?? null, key_path: (typed['key'] ?? '').trim() || null,
    };
    try {
      await client.request('/api/v1/signals', {method: 'POST', body});
      done();
    } catch (failure) {
      tellProblems(failure instanceof HeadwayError && failure.errors.length > 0 ? failure.errors.map(({message}) => message) : [words(failure)]);
    }
  };
  return (
    <form class="card card-body stack" aria-label="New signal" noValidate onSubmit={(event) => void send(event)}>
      <div class="fields three">
        <Field label="Topic" {...field('topic')} maxLength={1_000} placeholder="plant/+/gauge" hint="+ and # stand for levels" />
        <Field label="Value" {...field('path')} maxLength={1_000} placeholder="values.diameter" hint="a path in JSON, or a Sparkplug metric; empty when the message is the value" />
        <div class="field"><label for="signal-characteristic">Leads to</label>
          <select class="input" id="signal-characteristic" value={typed['characteristic'] ?? ''} onChange={(event) => type({...typed, characteristic: event.currentTarget.value})}>
            {characteristics.map((one) => <option key={one.id} value={String(one.id)}>{one.name}</option>)}
          </select></div>
      </div>
      <div class="fields three">
        <Field label="Gathered within" unit="seconds" {...field('gather')} inputMode="numeric" hint="single values make up a subgroup; empty when each is a sample" />
        <Field label="One subgroup has the same" {...field('key')} maxLength={1_000} placeholder="part" hint="a path in JSON, such as the number of a part" />
      </div>
      {problems.map((text) => <p key={text} class="bad-text small" role="alert">{text}</p>)}
      <div class="acts"><Button kind="main" type="submit">Add the signal</Button><Button kind="plain" onClick={done}>Cancel</Button></div>
    </form>
  );
}
