import './revise.css';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {Field} from '../../ui/field.js';
import {Button, Notice} from '../../ui/parts.js';
import {count} from '../../words.js';
import {costsOf} from './costs.js';
import type {ChangedPlan, Revision} from './revision.js';

/** What the moves so far break and cost, and the way back. */
export function RevisionPanel({revision, save, close}: {
  revision: Revision;
  /** Keeps the plan as a version; answers whether it is kept. */
  save: (note: string) => Promise<boolean>;
  close: () => void;
}): JSX.Element {
  const [note, write] = useState('');
  const [busy, setBusy] = useState(false);
  const sent = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    await save(note);
    setBusy(false);
  };
  return (
    <section class="card card-body stack revise no-print" aria-label="Moving lots">
      <div class="revise-head">
        <p class="small quiet">
          Drag a lot to its new place. By keyboard: arrow keys lead to a lot, Shift and an arrow key move it, C puts a clean before it or takes it away.
        </p>
        <div class="drop-acts">
          <Button small onClick={revision.undo} disabled={!revision.canUndo}>Undo</Button>
          <Button small onClick={revision.redo} disabled={!revision.canRedo}>Redo</Button>
          <Button small onClick={revision.clear} disabled={!revision.canUndo}>Start over</Button>
          <Button small kind="plain" onClick={close}>Close</Button>
        </div>
      </div>
      <div role="status">
        {revision.plan === undefined ? <p class="small">Nothing is moved yet.</p> : <Answer plan={revision.plan} last={revision.last} />}
      </div>
      <form class="save-version" onSubmit={(event) => void sent(event)}>
        <Field id="version-note" label="Why" value={note} typed={write} maxLength={500} />
        <Button kind="main" type="submit" disabled={busy || revision.plan?.valid === false}>{busy ? 'Saving…' : 'Save as a version'}</Button>
      </form>
    </section>
  );
}

function Answer({plan, last}: {plan: ChangedPlan; last: string}): JSX.Element {
  return (
    <div class="stack">
      {plan.valid
        ? <Notice kind="good">{last}: every rule is kept.</Notice>
        : (
          <Notice kind="bad">
            {last}: {count(plan.violations.length, 'rule')} broken.
            <ul class="broken">{plan.violations.slice(0, MOST).map(({message}) => <li key={message}>{message}</li>)}</ul>
            {plan.violations.length > MOST && <p>and {plan.violations.length - MOST} more</p>}
          </Notice>
        )}
      <dl class="costs">
        {costsOf(plan).map(({name, value, change}) => (
          <div key={name}><dt>{name}</dt><dd>{value} <span class={change.startsWith('+') ? 'worse' : 'better'}>{change}</span></dd></div>
        ))}
      </dl>
    </div>
  );
}

const MOST = 5;
