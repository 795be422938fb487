import './spc.css';
import './new.css';
import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {navigate} from '../router.js';
import {words} from '../session.js';
import {Field} from '../ui/field.js';
import {Button, Notice, PageHead, Tabs} from '../ui/parts.js';
import {type Faults, faultsOf, type Typed} from '../ui/typed.js';
import {count} from '../words.js';
import type {Characteristic} from './api.js';
import {characteristicOf, CHARTS, counts, FIELDS, LIMIT_FIELDS, limitsOf} from './draft.js';
import {store} from './signing.js';

type LimitsFrom = 'samples' | 'hand';

/** A new characteristic: what is measured, how it is charted, what is allowed, and where its limits come from. */
export function NewCharacteristicPage(): JSX.Element {
  const [typed, type] = useState<Typed>({subgroup_size: '1'});
  const [from, choose] = useState<LimitsFrom>('samples');
  const {submit, busy, faults, made} = useSaving(typed, from);
  const field = (name: string) => ({
    id: name, value: typed[name] ?? '', fault: faults?.fields[name], typed: (text: string) => type({...typed, [name]: text}),
  });
  const amount = faults === undefined ? 0 : Object.keys(faults.fields).length + faults.others.length;
  return (
    <main class="page narrow" id="main">
      <PageHead title="New characteristic" crumb={{href: '/characteristics', text: 'Process control'}} />
      <form class="stack" noValidate onSubmit={(event) => (event.preventDefault(), void submit(event.currentTarget))}>
        <section class="card card-body stack" aria-label="What is measured">
          <Field label="Name" {...field('name')} maxLength={200} required placeholder="Fill weight, line 2" />
          <Field label="Description" {...field('description')} maxLength={2_000} hint="What is measured, where and how often" />
          <div class="fields">
            <ChartField {...field('chart_type')} />
            {!counts(typed['chart_type']) && (
              <Field label="Measurements a sample" {...field('subgroup_size')} inputMode="numeric" hint="1 to 25, taken together" />
            )}
          </div>
        </section>
        <section class="card card-body stack" aria-labelledby="allowed">
          <h2 id="allowed">What is allowed <span class="faint small aside">may be left empty</span></h2>
          <div class="fields three">
            <Field label="Lower specification limit" unit="LSL" {...field('lsl')} inputMode="decimal" />
            <Field label="Target" {...field('target_value')} inputMode="decimal" />
            <Field label="Upper specification limit" unit="USL" {...field('usl')} inputMode="decimal" />
          </div>
        </section>
        <section class="card card-body stack" aria-labelledby="control">
          <h2 id="control">Control limits</h2>
          <Tabs label="Where the limits come from" value={from} choose={choose}
            options={[{value: 'samples', text: 'From samples'}, {value: 'hand', text: 'By hand'}]} />
          {from === 'samples' ? (
            <p class="small quiet">Without limits nothing is judged. Once there are 25 samples, <b>Set limits from samples</b> on the chart's page estimates them.</p>
          ) : (
            <div class="fields three">
              <Field label="Lower control limit" unit="LCL" {...field('lcl')} inputMode="decimal" />
              <Field label="Centre line" {...field('center_line')} inputMode="decimal" />
              <Field label="Upper control limit" unit="UCL" {...field('ucl')} inputMode="decimal" />
            </div>
          )}
        </section>
        {faults && (
          <Notice kind="bad">
            {made && 'The characteristic has been made; its limits have not been set. '}
            {faults.others.length > 0 ? faults.others.join(' ') : `${count(amount, 'thing is', 'things are')} wrong; see above.`}
          </Notice>
        )}
        <div class="acts">
          <Button kind="main" type="submit" disabled={busy}>{busy ? 'Making it…' : 'Make the characteristic'}</Button>
        </div>
      </form>
    </main>
  );
}

function ChartField({id, value, fault, typed}: {id: string; value: string; fault: string | undefined; typed: (text: string) => void}): JSX.Element {
  return (
    <div class="field">
      <label for={id}>Chart</label>
      <select class="input" id={id} value={value} aria-invalid={fault !== undefined} onChange={(event) => typed(event.currentTarget.value)}>
        {CHARTS.map((one) => <option key={one.value} value={one.value}>{one.text}</option>)}
      </select>
      {fault && <p class="wrong">{fault}</p>}
    </div>
  );
}

interface Saving {
  submit: (form: HTMLFormElement) => Promise<void>;
  busy: boolean;
  faults: Faults | undefined;
  /** Whether the characteristic is there and only its limits are wrong. */
  made: boolean;
}

/** Makes the characteristic, then sets its limits; what is wrong is shown at the fields, and the first of them is gone to. */
function useSaving(typed: Typed, from: LimitsFrom): Saving {
  const [busy, setBusy] = useState(false);
  const [faults, fault] = useState<Faults>();
  const made = useRef<number | undefined>(undefined);
  const form = useRef<HTMLFormElement | undefined>(undefined);
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), [faults]);
  const submit = async (sent: HTMLFormElement) => {
    form.current = sent;
    setBusy(true);
    fault(undefined);
    try {
      const path = '/api/v1/characteristics';
      const {id} = await store<Characteristic>(made.current === undefined ? path : `${path}/${made.current}`, {
        method: made.current === undefined ? 'POST' : 'PATCH', body: characteristicOf(typed),
      });
      made.current = id;
      if (from === 'hand') {
        await store(`${path}/${id}/limits`, {method: 'PUT', body: limitsOf(typed)});
      }
      navigate(`/characteristic/${id}`);
    } catch (failure) {
      fault(said(failure));
      setBusy(false);
    }
  };
  return {submit, busy, faults, made: made.current !== undefined};
}

function said(failure: unknown): Faults {
  if (!(failure instanceof HeadwayError)) {
    return {fields: {}, others: [words(failure)]};
  }
  if (failure.status === 409) {
    return {fields: {name: failure.message}, others: []};
  }
  return failure.errors.length > 0
    ? faultsOf(failure.errors, [...FIELDS, ...LIMIT_FIELDS])
    : {fields: {}, others: [words(failure)]};
}
