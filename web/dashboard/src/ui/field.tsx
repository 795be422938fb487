import type {JSX} from 'preact';

export interface FieldProps {
  id: string;
  label: string;
  unit?: string | undefined;
  hint?: string | undefined;
  /** What is wrong with what was typed. */
  fault?: string | undefined;
  value: string;
  typed: (text: string) => void;
  inputMode?: 'decimal' | 'numeric';
  maxLength?: number;
  placeholder?: string;
  required?: boolean;
}

/** A line to type into, with what it is, and below it what is wrong, or else a hint. */
export function Field({label, unit, hint, fault, typed, ...input}: FieldProps): JSX.Element {
  const said = fault ?? hint;
  return (
    <div class="field">
      <label for={input.id}>{label} {unit && <span class="faint">{unit}</span>}</label>
      <input class="input" {...input} aria-invalid={fault !== undefined} aria-describedby={said === undefined ? undefined : `${input.id}-said`}
        onInput={(event) => typed(event.currentTarget.value)} />
      {said !== undefined && <p id={`${input.id}-said`} class={fault === undefined ? 'hint' : 'wrong'}>{said}</p>}
    </div>
  );
}

/** A time to pick, in the visitor's zone, to the second. */
export function TimeField({id, label, hint, fault, value, typed}: Pick<FieldProps, 'id' | 'label' | 'hint' | 'fault' | 'value' | 'typed'>): JSX.Element {
  const said = fault ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input class="input" id={id} type="datetime-local" step={1} value={value} aria-invalid={fault !== undefined}
        aria-describedby={said === undefined ? undefined : `${id}-said`} onInput={(event) => typed(event.currentTarget.value)} />
      {said !== undefined && <p id={`${id}-said`} class={fault === undefined ? 'hint' : 'wrong'}>{said}</p>}
    </div>
  );
}
