import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {mayEdit, words} from '../session.js';
import {Field} from '../ui/field.js';
import {Button} from '../ui/parts.js';
import {type Faults, faultsOf, numberOf, type Typed} from '../ui/typed.js';
import type {Characteristic} from './api.js';
import {exact} from './digits.js';
import {useUndo} from './undo.js';
import {store} from './signing.js';

/** The specification of a characteristic. */
export interface Specification {
  usl: number | null;
  target: number | null;
  lsl: number | null;
}

const FIELDS = ['lsl', 'target_value', 'usl'] as const;
const NO_FAULTS: Faults = {fields: {}, others: []};

/**
 * The specification, changed in its place; the chart shows its lines as they are typed.
 *
 * @param props.show draws other lines; those that are stored without them
 */
export function SpecificationCard(props: {characteristic: Characteristic; show: (drawn: Specification | undefined) => void}): JSX.Element {
  const {characteristic, show} = props;
  const [editing, edit] = useState(false);
  const done = () => (edit(false), show(undefined));
  return (
    <section class="card specification" aria-label="Specification">
      <div class="card-head"><h2>Specification</h2>
        <span class="quiet small">LSL {exact(characteristic.lsl)} · target {exact(characteristic.target_value)} · USL {exact(characteristic.usl)}</span>
        {mayEdit() && !editing && <Button small aria-label="Change the specification" onClick={() => edit(true)}>Change…</Button>}</div>
      {editing && <Form characteristic={characteristic} show={show} done={done} />}
    </section>
  );
}

function Form({characteristic, show, done}: {characteristic: Characteristic; show: (drawn: Specification) => void; done: () => void}): JSX.Element {
  const {draft, set, undo} = useUndo<Typed>(typedOf(characteristic));
  const [faults, fault] = useState<Faults>(NO_FAULTS);
  useEffect(() => show(drawn(draft)), [draft]);
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      const body = Object.fromEntries(FIELDS.map((name) => [name, numberOf(draft[name]) ?? null]));
      await store(`/api/v1/characteristics/${characteristic.id}`, {method: 'PATCH', body});
      done();
    } catch (refused) {
      fault(refused instanceof HeadwayError && refused.errors.length > 0 ? faultsOf(refused.errors, FIELDS) : {fields: {}, others: [words(refused)]});
    }
  };
  const field = (name: string) => ({id: `specification-${name}`, value: draft[name] ?? '', fault: faults.fields[name], typed: (text: string) => set({...draft, [name]: text}, name), inputMode: 'decimal' as const});
  return (
    <form class="card-body stack" noValidate onSubmit={(event) => void save(event)}>
      <div class="fields three">
        <Field label="Lower limit" unit="LSL" {...field('lsl')} />
        <Field label="Target" {...field('target_value')} />
        <Field label="Upper limit" unit="USL" {...field('usl')} />
      </div>
      {faults.others.map((text) => <p key={text} class="bad-text small" role="alert">{text}</p>)}
      <div class="acts">
        <Button kind="main" type="submit">Save the specification</Button>
        <Button disabled={undo === undefined} onClick={() => undo?.()}>Undo</Button>
        <Button kind="plain" onClick={done}>Cancel</Button>
      </div>
    </form>
  );
}

function typedOf({lsl, target_value: target, usl}: Characteristic): Typed {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {lsl: text(lsl), target_value: text(target), usl: text(usl)};
}

/** The lines that were typed, as far as they are numbers. */
function drawn(typed: Typed): Specification {
  const value = (name: string) => {
    const number = numberOf(typed[name]);
    return typeof number === 'number' ? number : null;
  };
  return {lsl: value('lsl'), target: value('target_value'), usl: value('usl')};
}
