import type {contract} from '@headway/client';

export type FileMapping = contract.FileMapping;
export type FileSource = contract.Source;
export type FilePreview = contract.SampleFilePreview;

/** How a file is written, as a person says it; an empty text says nothing. */
export interface SourceDraft {
  name: string;
  characteristic: string;
  charset: string;
  decimalMark: string;
  timeFormat: string;
  zone: string;
  uniqueTimes: boolean;
  /** The line of the header, 0 for none. */
  headerLine: string;
  /** Whether successive rows make up a sample. */
  stacked: boolean;
  /** What each column of the file holds, by its name there. */
  columns: Readonly<Record<string, string>>;
}

export const NEW_SOURCE: SourceDraft = {
  name: '', characteristic: '', charset: '', decimalMark: '', timeFormat: '', zone: '', uniqueTimes: true, headerLine: '', stacked: false, columns: {},
};

export const CHARSETS = ['UTF-8', 'windows-1252', 'ISO-8859-1', 'UTF-16'];

/** What a column can hold; an empty value leaves it out. */
export const CONTENTS: {value: string; text: string}[] = [
  {value: '', text: 'left out'}, {value: 'timestamp', text: 'date and time'}, {value: 'date', text: 'date'}, {value: 'time', text: 'time of day'}, {value: 'value', text: 'measurement'},
  ...Array.from({length: 25}, (_, at) => ({value: `m${at + 1}`, text: `measurement ${at + 1}`})),
  {value: 'count', text: 'count'}, {value: 'size', text: 'size inspected'}, {value: 'subgroup', text: 'subgroup'},
  {value: 'batch_number', text: 'batch'}, {value: 'operator_id', text: 'operator'}, {value: 'key', text: 'key'},
  {value: 'characteristic_id', text: 'characteristic'},
];

const KNOWN = new Set(CONTENTS.map(({value}) => value));

/** A unit after a column's name. */
const UNIT = /\s*(?:\[[^\]]*\]|\([^)]*\)|\/\s*\S+)$/;

/** What a column holds: what was chosen for it, or what its name says. */
export function heldBy(draft: SourceDraft, column: string): string {
  const name = column.trim();
  const plain = name.toLowerCase().replace(UNIT, '');
  return draft.columns[name] ?? (KNOWN.has(plain) ? plain : '');
}

/** The draft that a source is changed from. */
export function sourceDraft({name, characteristic_id: characteristic, mapping}: FileSource): SourceDraft {
  return {
    name,
    characteristic: characteristic === null ? '' : String(characteristic),
    charset: mapping.charset ?? '',
    decimalMark: mapping.decimal_mark ?? '',
    timeFormat: mapping.time_format ?? '',
    zone: mapping.zone ?? '',
    uniqueTimes: mapping.unique_times ?? false,
    headerLine: mapping.header_line == null ? '' : String(mapping.header_line),
    stacked: mapping.stacked ?? false,
    columns: mapping.columns ?? {},
  };
}

/** A mapping as it is sent: columns that hold nothing are left out and named in the result. */
export function mappingOf(draft: SourceDraft): FileMapping {
  const columns = Object.fromEntries(Object.entries(draft.columns).filter(([, held]) => held !== ''));
  return {
    charset: draft.charset || null,
    decimal_mark: draft.decimalMark || null,
    time_format: draft.timeFormat.trim() || null,
    zone: draft.zone.trim() || null,
    columns,
    ignore_others: true,
    unique_times: draft.uniqueTimes,
    header_line: draft.headerLine.trim() === '' ? null : Number(draft.headerLine),
    stacked: draft.stacked,
  };
}

/** A source as it is sent. */
export function sourceOf(draft: SourceDraft): Record<string, unknown> {
  return {
    name: draft.name.trim(),
    characteristic_id: draft.characteristic === '' ? null : Number(draft.characteristic),
    mapping: mappingOf(draft),
  };
}
