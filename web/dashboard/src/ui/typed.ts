/** What a person has typed into the fields of a form, by the field's name. */
export type Typed = Readonly<Record<string, string>>;

/** What can be a number with its thousands apart, and a decimal comma. */
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/**
 * The number that was typed, also with a decimal comma; undefined when nothing was. A text that is no number, or that
 * can be two (`12,345`), goes as it is, for the server to say so.
 */
export function numberOf(text: string | undefined): number | string | undefined {
  const typed = (text ?? '').trim();
  if (AMBIGUOUS.test(typed)) {
    return typed;
  }
  const plain = typed.replace(',', '.');
  return plain === '' ? undefined : Number.isFinite(Number(plain)) ? Number(plain) : plain;
}

/** What is wrong, by field; and what is wrong with no field in particular. */
export interface Faults {
  fields: Readonly<Record<string, string>>;
  others: readonly string[];
}

/** The server's findings at the fields that a form has; a field is named by its last name, without an index. */
export function faultsOf(errors: readonly {field?: string; message: string}[], names: readonly string[]): Faults {
  const fields: Record<string, string> = {};
  const others: string[] = [];
  for (const {field, message} of errors) {
    const name = field?.replace(/\[.*$/, '').replace(/^.*\./, '');
    if (name !== undefined && names.includes(name)) {
      fields[name] ??= message;
    } else {
      others.push(message);
    }
  }
  return {fields, others};
}
