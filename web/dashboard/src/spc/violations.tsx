import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {Icon} from '../ui/icons.js';
import {Button, Empty, useLoaded} from '../ui/parts.js';
import {count, dateTime, number} from '../words.js';
import type {Severity, Violation} from './api.js';
import {Explanation} from './explanation.js';
import {store} from './signing.js';

const LOOKS: Record<Severity, string> = {CRITICAL: 'bad', WARNING: 'warn', INFO: ''};

/** What has been signalled, and what people have said to it; each can be answered in its place. */
export function Violations(props: {
  violations: Violation[];
  /** How many are open, also those that are not among these. */
  open: number;
  chosen: number | undefined;
  choose: (id: number | undefined) => void;
  /** Shows a part of the past, where the chart does not. */
  show: (from: number, to: number) => void;
}): JSX.Element {
  const {open} = props;
  const listed = props.violations.filter((one) => !one.acknowledged).length;
  return (
    <section class="card violations" aria-label="Violations">
      <div class="card-head"><h2>Violations</h2>
        <span class={`badge ${open > 0 ? 'bad' : 'good'}`}>{open > 0 ? `${number(open)} open` : 'none open'}</span></div>
      <p class="out-of-sight" role="status">{count(open, 'open violation')}</p>
      {open > listed && <p class="card-body small quiet">The newest {number(listed)} of them are listed.</p>}
      {props.violations.length === 0
        ? <Empty icon="check" title="Nothing out of the ordinary">A point beyond the limits, or a pattern that chance hardly makes, is shown here.</Empty>
        : <ul>{props.violations.map((one) => (
            <Entry key={one.violation_id} violation={one} chosen={props.chosen === one.violation_id} choose={props.choose} show={props.show} />
          ))}</ul>}
    </section>
  );
}

function Entry(props: {
  violation: Violation;
  chosen: boolean;
  choose: (id: number | undefined) => void;
  show: (from: number, to: number) => void;
}): JSX.Element {
  const {violation, chosen, choose} = props;
  const [asking, ask] = useState(false);
  const amount = violation.sample_count ?? 1;
  return (
    <li class={`violation ${chosen ? 'chosen' : ''} ${violation.acknowledged ? 'done' : ''}`} data-violation={violation.violation_id}>
      <button type="button" class="violation-head" aria-pressed={chosen} onClick={() => choose(chosen ? undefined : violation.violation_id)}>
        <span class={`badge ${violation.acknowledged ? '' : LOOKS[violation.severity]}`}>
          {violation.acknowledged && <Icon name="check" size={12} />}{violation.severity.toLowerCase()}</span>
        <span class="violation-name">{violation.rule_name}</span>
        <span class="faint small">Rule {violation.rule_id}{violation.chart && violation.chart !== 'main' && ` · ${violation.chart}`} · {dateTime(violation.timestamp)}
          {amount > 1 && ` · ${count(amount, 'sample')}`}</span>
      </button>
      {chosen && <Explanation violation={violation} show={props.show} />}
      {violation.acknowledged
        ? <>
            <p class="answer small"><b>{violation.ack_user ?? 'Somebody'}</b>: {violation.ack_reason}<Signed meaning={violation.ack_meaning} at={violation.ack_at} /></p>
            {violation.closed_by
              ? <p class="answer small"><b>{violation.closed_by}</b>: {violation.cause}; {violation.action}<Signed meaning={violation.closed_meaning} at={violation.closed_at} /></p>
              : asking ? <Close violation={violation} done={() => ask(false)} />
              : <Button small kind="plain" onClick={() => ask(true)} aria-label={`Close ${violation.rule_name}`}>Cause and action…</Button>}
          </>
        : asking
          ? <Answer violation={violation} done={() => ask(false)} />
          : <Button small onClick={() => ask(true)} aria-label={`Acknowledge ${violation.rule_name}`}>Acknowledge…</Button>}
    </li>
  );
}

/** The meaning of a signature and its time; nothing where it was not signed. */
function Signed({meaning, at}: {meaning: string | null | undefined; at: string | null | undefined}): JSX.Element | null {
  return meaning ? <span class="faint"> · signed “{meaning}”{at && `, ${dateTime(at)}`}</span> : null;
}

/** A reason, customary or in one's own words. The stream tells everybody, this page as well. */
function Answer({violation, done}: {violation: Violation; done: () => void}): JSX.Element {
  const [reason, setReason] = useState('');
  const [failure, fail] = useState<string>();
  const [busy, setBusy] = useState(false);
  const codes = useLoaded('reasons', () =>
    client.request<{reason_codes: {code: string; label: string}[]}>('/api/v1/violations/reason-codes'));
  const send = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await store(`/api/v1/violations/${violation.violation_id}/acknowledge`, {method: 'POST', body: {reason}});
      done();
    } catch (refused) {
      fail(refused instanceof HeadwayError && refused.status === 409 ? 'Somebody has just answered it.' : words(refused));
      setBusy(false);
    }
  };
  const list = `reasons-${violation.violation_id}`;
  return (
    <form class="answering" onSubmit={(event) => void send(event)}>
      <div class="field">
        <label for={`${list}-text`}>What was the reason, or what was done?</label>
        <input class="input" id={`${list}-text`} list={list} required maxLength={1000} autofocus value={reason}
          onInput={(event) => setReason(event.currentTarget.value)} />
        <datalist id={list}>{codes.value?.reason_codes.map(({code, label}) => <option key={code} value={label} />)}</datalist>
      </div>
      {failure && <p class="bad-text small" role="alert">{failure}</p>}
      <div class="answering-acts">
        <Button small kind="main" type="submit" disabled={busy || reason.trim() === ''}>Acknowledge</Button>
        <Button small kind="plain" onClick={done}>Not now</Button>
      </div>
    </form>
  );
}

/** The cause that was found and what was done about it: the end of a violation. */
function Close({violation, done}: {violation: Violation; done: () => void}): JSX.Element {
  const [cause, setCause] = useState('');
  const [action, setAction] = useState('');
  const [failure, fail] = useState<string>();
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      await store(`/api/v1/violations/${violation.violation_id}/close`, {method: 'POST', body: {cause, action}});
      done();
    } catch (refused) {
      fail(words(refused));
    }
  };
  const id = `close-${violation.violation_id}`;
  return (
    <form class="answering" onSubmit={(event) => void send(event)}>
      <div class="field"><label for={`${id}-cause`}>Cause</label>
        <input class="input" id={`${id}-cause`} required maxLength={1_000} value={cause} onInput={(event) => setCause(event.currentTarget.value)} /></div>
      <div class="field"><label for={`${id}-action`}>Action</label>
        <input class="input" id={`${id}-action`} required maxLength={1_000} value={action} onInput={(event) => setAction(event.currentTarget.value)} /></div>
      {failure && <p class="bad-text small" role="alert">{failure}</p>}
      <div class="answering-acts">
        <Button small kind="main" type="submit" disabled={cause.trim() === '' || action.trim() === ''}>Close</Button>
        <Button small kind="plain" onClick={done}>Not now</Button>
      </div>
    </form>
  );
}
