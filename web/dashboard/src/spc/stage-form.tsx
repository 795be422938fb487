import './new.css';
import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {words} from '../session.js';
import {Field, TimeField} from '../ui/field.js';
import {Button, Notice, Tabs} from '../ui/parts.js';
import {type Faults, faultsOf} from '../ui/typed.js';
import type {Stage} from './api.js';
import {line} from './digits.js';
import {type Preview, previewWords} from './preview.js';
import {RuleFields} from './rule-fields.js';
import {BASELINES, type BaselineKind, draftOf, type LimitsFrom, NEW_STAGE, PRESETS, STAGE_FIELDS, type StageDraft, stageOf} from './stage-draft.js';
import {useUndo} from './undo.js';
import {store} from './signing.js';

/**
 * A stage that is begun, or changed: when it begins, where its limits come from, and its rules. Each change can be taken
 * back, and the chart shows what would become of its points, before anything is stored.
 *
 * @param props.show draws the chart as it would be; as it is without a preview
 */
export function StageForm(props: {characteristic: number; counts: boolean; stage: Stage | undefined; show: (preview?: Preview) => void; done: () => void}): JSX.Element {
  const {characteristic, counts, stage, show, done} = props;
  const {draft, set, undo} = useUndo<StageDraft>(stage === undefined ? NEW_STAGE : draftOf(stage));
  const [faults, fault] = useState<Faults>({fields: {}, others: []});
  const [told, tell] = useState<StagePreview>();
  const [busy, setBusy] = useState(false);
  const send = async (preview: boolean) => {
    setBusy(true);
    tell(undefined);
    fault({fields: {}, others: []});
    const path = `/api/v1/characteristics/${characteristic}/stages${stage === undefined ? '' : `/${stage.id}`}${preview ? '?preview=true&limit=250' : ''}`;
    try {
      const answer = await store<StagePreview>(path, {method: stage === undefined ? 'POST' : 'PATCH', body: stageOf(draft)});
      if (preview) {
        tell(answer);
        show(answer);
      } else {
        done();
      }
    } catch (failure) {
      fault(failure instanceof HeadwayError && failure.errors.length > 0
        ? faultsOf(failure.errors, STAGE_FIELDS) : {fields: {}, others: [words(failure)]});
    }
    setBusy(false);
  };
  const change = (next: StageDraft, field?: string) => {
    tell(undefined);
    show();
    set(next, field);
  };
  const field = (name: string, id = name) => ({
    id: `stage-${id}`, value: draft.typed[id] ?? '', fault: faults.fields[name],
    typed: (text: string) => change({...draft, typed: {...draft.typed, [id]: text}}, id),
  });
  const first = stage !== undefined && stage.from === null;
  return (
    <form class="card-body stack stage-form" noValidate onSubmit={(event) => (event.preventDefault(), void send(false))}>
      <div class="fields three">
        <Field label="Name" {...field('name')} maxLength={200} placeholder="New tool" />
        {!first && <TimeField label="Begins at" {...field('from')} hint="your time" />}
        {stage === undefined && <Field label="or with sample" {...field('from_sample')} inputMode="numeric" hint="its number" />}
      </div>
      <Tabs<LimitsFrom> label="Where its limits come from" value={draft.limits} choose={(limits) => change({...draft, limits})} options={[
        {value: 'keep', text: stage === undefined ? 'No limits yet' : 'As they are'}, {value: 'baseline', text: 'From samples'},
        {value: 'hand', text: 'By hand'}, {value: 'known', text: counts ? 'Known rate' : 'Known mean and sigma'},
      ]} />
      {draft.limits === 'baseline' && <BaselineFields draft={draft} set={change} field={field} />}
      {draft.limits === 'hand' && (
        <div class="fields three">
          <Field label="Lower control limit" unit="LCL" {...field('lcl')} inputMode="decimal" />
          <Field label="Centre line" {...field('center_line')} inputMode="decimal" />
          <Field label="Upper control limit" unit="UCL" {...field('ucl')} inputMode="decimal" />
        </div>
      )}
      {draft.limits === 'known' && (
        <div class="fields three">
          <Field label={counts ? 'Rate' : 'Mean'} {...field('center_line')} inputMode="decimal" />
          {!counts && <Field label="Sigma" unit="of one measurement" {...field('sigma')} inputMode="decimal" />}
        </div>
      )}
      <div class="fields three">
        <div class="field">
          <label for="stage-preset">Rules</label>
          <select class="input" id="stage-preset" value={draft.typed['preset'] ?? ''}
            onChange={(event) => change({...draft, typed: {...draft.typed, preset: event.currentTarget.value}})}>
            {PRESETS.map((one) => <option key={one.value} value={one.value}>{one.text}</option>)}
          </select>
        </div>
        <Field label="Rule 1 beyond" unit="sigma" {...field('multiple')} inputMode="decimal" placeholder="3" />
      </div>
      {stage !== undefined && stage.to === null && <RuleFields characteristic={characteristic} draft={draft} set={change} />}
      {faults.others.map((text) => <p key={text} class="bad-text small" role="alert">{text}</p>)}
      {told && <Notice>{stageWords(told)}</Notice>}
      <div class="acts">
        <Button kind="main" type="submit" disabled={busy}>{stage === undefined ? 'Begin the stage' : 'Change the stage'}</Button>
        <Button disabled={busy} onClick={() => void send(true)}>Show what would change</Button>
        <Button disabled={undo === undefined} onClick={() => (tell(undefined), show(), undo?.())}>Undo</Button>
        <Button kind="plain" onClick={done}>Cancel</Button>
      </div>
    </form>
  );
}

type StagePreview = Preview & {stage: Stage};

function stageWords(preview: StagePreview): string {
  const {limits} = preview.stage;
  const lines = limits.center_line === null ? 'Without limits nothing is judged' : `Limits ${line(limits.lcl, limits)} … ${line(limits.ucl, limits)} about ${line(limits.center_line, limits)}`;
  return `${lines}. ${previewWords(preview)}`;
}

interface Fields {
  draft: StageDraft;
  set: (draft: StageDraft) => void;
  field: (name: string, id?: string) => {id: string; value: string; fault: string | undefined; typed: (text: string) => void};
}

function BaselineFields({draft, set, field}: Fields): JSX.Element {
  return (
    <>
      <div class="fields three">
        <div class="field">
          <label for="stage-baseline">Estimate from</label>
          <select class="input" id="stage-baseline" value={draft.baseline} onChange={(event) => set({...draft, baseline: event.currentTarget.value as BaselineKind})}>
            {BASELINES.map((one) => <option key={one.value} value={one.value}>{one.text}</option>)}
          </select>
        </div>
        {draft.baseline === 'first' && <Field label="How many" {...field('first_samples')} inputMode="numeric" placeholder="25" />}
        {draft.baseline === 'last' && <Field label="How many" {...field('last_samples')} inputMode="numeric" placeholder="25" />}
        {draft.baseline === 'chosen' && <Field label="Samples" {...field('sample_ids')} placeholder="3, 5, 8-32" />}
        {draft.baseline === 'period' && <TimeField label="From" {...field('from', 'period_from')} />}
        {draft.baseline === 'period' && <TimeField label="To" {...field('to')} />}
        <Field label="At least" unit="samples" {...field('min_samples')} inputMode="numeric" placeholder="25" />
      </div>
      <label class="choice"><input type="checkbox" checked={draft.excludeBeyond}
        onChange={(event) => set({...draft, excludeBeyond: event.currentTarget.checked})} /> Leave points beyond the limits out, until none is beyond them</label>
      <LeftOutFields draft={draft} set={set} fault={field('left_out').fault} />
    </>
  );
}

/** Samples that are left out of the baseline, each for a reason. */
function LeftOutFields({draft, set, fault}: {draft: StageDraft; set: (draft: StageDraft) => void; fault: string | undefined}): JSX.Element {
  const change = (at: number, more: object) =>
    set({...draft, leftOut: draft.leftOut.map((one, other) => (other === at ? {...one, ...more} : one))});
  return (
    <fieldset class="left-out">
      <legend class="small">Samples left out of the baseline</legend>
      {draft.leftOut.map((one, at) => (
        <div class="left-out-row" key={at}>
          <input class="input" aria-label="Sample" placeholder="Sample" inputMode="numeric" value={one.sample} onInput={(event) => change(at, {sample: event.currentTarget.value})} />
          <input class="input" aria-label="Reason" placeholder="Reason" maxLength={1_000} value={one.reason} onInput={(event) => change(at, {reason: event.currentTarget.value})} />
          <Button small kind="plain" icon="cross" name="Take this sample in again" onClick={() => set({...draft, leftOut: draft.leftOut.filter((_, other) => other !== at)})} />
        </div>
      ))}
      {fault && <p class="bad-text small" role="alert">{fault}</p>}
      <Button small icon="plus" onClick={() => set({...draft, leftOut: [...draft.leftOut, {sample: '', reason: ''}]})}>Leave a sample out</Button>
    </fieldset>
  );
}
