import type {JSX} from 'preact';
import type {contract} from '@headway/client';
import {client} from '../session.js';
import {useLoaded} from '../ui/parts.js';
import type {StageDraft} from './stage-draft.js';

interface Rules {
  rules: contract.SpcRule[];
  dispersion_rules: contract.SpcRule[];
}

/** Each rule of the last stage, to be switched on and off. */
export function RuleFields({characteristic, draft, set}: {characteristic: number; draft: StageDraft; set: (draft: StageDraft) => void}): JSX.Element | null {
  const loaded = useLoaded(String(characteristic), () => client.request<Rules>(`/api/v1/characteristics/${characteristic}/rules`));
  if (loaded.value === undefined) {
    return null;
  }
  const {rules, dispersion_rules: spread} = loaded.value;
  return (
    <details class="rule-fields">
      <summary class="small">Each rule</summary>
      <div class="rule-columns">
        <Switches legend="Main chart" rules={rules} changed={draft.rules} change={(id, on) => set({...draft, rules: {...draft.rules, [id]: on}})} />
        {spread.length > 0 && <Switches legend="Chart of the spread" rules={spread} changed={draft.spreadRules}
          change={(id, on) => set({...draft, spreadRules: {...draft.spreadRules, [id]: on}})} />}
      </div>
    </details>
  );
}

function Switches(props: {legend: string; rules: contract.SpcRule[]; changed: Readonly<Record<number, boolean>>; change: (id: number, on: boolean) => void}): JSX.Element {
  return (
    <fieldset class="rule-switches">
      <legend class="small">{props.legend}</legend>
      {props.rules.map(({rule_id: id, rule_name: name, enabled}) => (
        <label key={id} class="choice"><input type="checkbox" checked={props.changed[id] ?? enabled} onChange={(event) => props.change(id, event.currentTarget.checked)} /> {id}. {name}</label>
      ))}
    </fieldset>
  );
}
