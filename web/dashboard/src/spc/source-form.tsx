import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {navigate} from '../router.js';
import {client, mayEdit, words} from '../session.js';
import {Field} from '../ui/field.js';
import {Button, Notice} from '../ui/parts.js';
import {dateTime} from '../words.js';
import type {Characteristic} from './api.js';
import {exact} from './digits.js';
import {CHARSETS, CONTENTS, type FilePreview, type FileSource, heldBy, mappingOf, NEW_SOURCE, type SourceDraft, sourceDraft, sourceOf} from './source-draft.js';

const SETTLE_MS = 300;

/** A source with a file beside it: what its columns hold, and how each row is read by that. */
export function SourceForm(props: {source: FileSource | undefined; characteristics: Characteristic[]; done: () => void}): JSX.Element {
  const {source, characteristics, done} = props;
  const [draft, set] = useState<SourceDraft>(source === undefined ? NEW_SOURCE : sourceDraft(source));
  const [file, take] = useState<File>();
  const [problems, tell] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const preview = usePreview(file, draft);
  const save = async (): Promise<FileSource> => {
    const path = `/api/v1/sources${source === undefined ? '' : `/${source.id}`}`;
    return client.request<FileSource>(path, {method: source === undefined ? 'POST' : 'PATCH', body: sourceOf(draft)});
  };
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    tell([]);
    try {
      await work();
    } catch (failure) {
      tell(failure instanceof HeadwayError && failure.errors.length > 0 ? failure.errors.map(({message}) => message) : [words(failure)]);
      setBusy(false);
    }
  };
  const send = () => attempt(async () => {
    const {id} = mayEdit() ? await save() : source!;
    const form = new FormData();
    form.set('file', file!, file!.name);
    const {job_id: job} = await client.request<{job_id: string}>(`/api/v1/samples/import?source=${id}`, {method: 'POST', body: form});
    navigate(`/job/${job}`);
  });
  const sampleCharacteristics = characteristics.map((one) => ({value: String(one.id), text: one.name}));
  return (
    <form class="stack" noValidate onSubmit={(event) => (event.preventDefault(), void attempt(async () => void (await save(), done())))}>
      <section class="card card-body stack" aria-label="Source">
        <div class="fields three">
          <Field id="source-name" label="Name" maxLength={200} value={draft.name} placeholder="Gauge 3, export" typed={(name) => set({...draft, name})} />
          <Choice id="source-characteristic" label="Characteristic" value={draft.characteristic} choose={(characteristic) => set({...draft, characteristic})}
            options={[{value: '', text: 'named in each row'}, ...sampleCharacteristics]} />
          <div class="field"><label for="source-file">A file of it</label>
            <input class="input" id="source-file" type="file" accept=".csv,.txt,.tsv,.xlsx" onChange={(event) => take(event.currentTarget.files?.[0])} /></div>
        </div>
        <div class="fields five">
          <Field id="source-time" label="Times are written" value={draft.timeFormat} placeholder="dd.MM.yyyy HH:mm" hint="empty for ISO 8601" typed={(timeFormat) => set({...draft, timeFormat})} />
          <Field id="source-zone" label="Time zone" value={draft.zone} placeholder="Europe/Berlin" hint="of times without an offset" typed={(zone) => set({...draft, zone})} />
          <Choice id="source-decimal" label="Decimal mark" value={draft.decimalMark} choose={(decimalMark) => set({...draft, decimalMark})}
            options={[{value: '', text: 'as the separator tells'}, {value: '.', text: 'point'}, {value: ',', text: 'comma'}]} />
          <Choice id="source-charset" label="Characters" value={draft.charset} choose={(charset) => set({...draft, charset})}
            options={[{value: '', text: 'UTF-8, or as marked'}, ...CHARSETS.map((value) => ({value, text: value}))]} />
          <Field id="source-header" label="Header in line" inputMode="numeric" value={draft.headerLine} placeholder="1" hint="0 for none" typed={(headerLine) => set({...draft, headerLine})} />
        </div>
        <label class="choice"><input type="checkbox" checked={draft.stacked} onChange={(event) => set({...draft, stacked: event.currentTarget.checked})} />
          Successive rows make up a sample, as many as the subgroup size</label>
        <label class="choice"><input type="checkbox" checked={draft.uniqueTimes} onChange={(event) => set({...draft, uniqueTimes: event.currentTarget.checked})} />
          A row at a time that was imported before is the same sample: a file that grows can be imported again</label>
      </section>
      {preview.failure && <Notice kind="bad">{preview.failure}</Notice>}
      {preview.value && <Columns preview={preview.value} draft={draft} set={set} />}
      {preview.value && <Rows preview={preview.value} />}
      {problems.map((text) => <Notice key={text} kind="bad">{text}</Notice>)}
      <div class="acts">
        {mayEdit() && <Button kind="main" type="submit" disabled={busy}>Save the source</Button>}
        {file && <Button icon="file" disabled={busy || preview.value?.problems.length !== 0} onClick={() => void send()}>{mayEdit() ? 'Save and import this file' : 'Import this file'}</Button>}
        <Button kind="plain" onClick={done}>Cancel</Button>
      </div>
    </form>
  );
}

/** How the server reads the file, asked whenever file and mapping have settled. */
function usePreview(file: File | undefined, draft: SourceDraft): {value: FilePreview | undefined; failure: string | undefined} {
  const [state, show] = useState<{value: FilePreview | undefined; failure: string | undefined}>({value: undefined, failure: undefined});
  const mapping = JSON.stringify(mappingOf(draft));
  useEffect(() => {
    if (file === undefined) {
      return undefined;
    }
    let wanted = true;
    const asking = setTimeout(() => {
      const form = new FormData();
      form.set('file', file.size > BEGINNING && !/\.xlsx$/i.test(file.name) ? file.slice(0, BEGINNING) : file, file.name);
      form.set('mapping', mapping);
      if (draft.characteristic !== '') {
        form.set('characteristic_id', draft.characteristic);
      }
      client.request<FilePreview>('/api/v1/sources/preview', {method: 'POST', body: form}).then(
        (value) => wanted && show({value, failure: undefined}),
        (failure: unknown) => wanted && show({value: undefined, failure: failure instanceof HeadwayError && failure.errors.length > 0 ? failure.errors.map(({message}) => message).join(' ') : words(failure)}),
      );
    }, SETTLE_MS);
    return () => {
      wanted = false;
      clearTimeout(asking);
    };
  }, [file, mapping, draft.characteristic]);
  return state;
}

/** So much of a text is enough to see how it is read. */
const BEGINNING = 200_000;

function Choice(props: {id: string; label: string; value: string; choose: (value: string) => void; options: {value: string; text: string}[]}): JSX.Element {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <select class="input" id={props.id} value={props.value} onChange={(event) => props.choose(event.currentTarget.value)}>
        {props.options.map((one) => <option key={one.value} value={one.value}>{one.text}</option>)}
      </select>
    </div>
  );
}

/** The file's own columns with their first cells, and what each holds. */
function Columns({preview, draft, set}: {preview: FilePreview; draft: SourceDraft; set: (draft: SourceDraft) => void}): JSX.Element {
  return (
    <section class="card" aria-label="Columns of the file">
      <div class="card-head"><h2>What the columns hold</h2></div>
      <div class="scroll">
        <table class="table file-columns">
          <thead><tr>{preview.columns.map((column, at) => <th key={at}>{column || <i>without a name</i>}</th>)}</tr>
            <tr>{preview.columns.map((column, at) => (
              <th key={at}><select class="input" aria-label={`What ${column} holds`} value={heldBy(draft, column)}
                onChange={(event) => set({...draft, columns: {...draft.columns, [column.trim()]: event.currentTarget.value}})}>
                {CONTENTS.map((one) => <option key={one.value} value={one.value}>{one.text}</option>)}
              </select></th>))}</tr></thead>
          <tbody>{preview.cells.slice(0, 5).map((cells, row) => (
            <tr key={row}>{preview.columns.map((_, at) => <td key={at} class="quiet">{cells[at] ?? ''}</td>)}</tr>))}</tbody>
        </table>
      </div>
    </section>
  );
}

/** The first rows as they are read, with everything that is wrong with them. */
function Rows({preview}: {preview: FilePreview}): JSX.Element {
  const bad = preview.rows.filter(({problems}) => problems.length > 0).length;
  return (
    <section class="card" aria-label="How the rows are read">
      <div class="card-head"><h2>How the rows are read</h2>
        {preview.problems.length === 0 && <span class={`badge ${bad > 0 ? 'bad' : 'good'}`}>{bad > 0 ? `${bad} of the first ${preview.rows.length} are refused` : 'all are samples'}</span>}</div>
      {preview.problems.length > 0 ? <ul class="card-body small bad-text">{preview.problems.map((text) => <li key={text}>{text}</li>)}</ul> : (
        <div class="scroll">
          <table class="table">
            <thead><tr><th class="num">Line</th><th>Taken</th><th>Measurements</th><th>What is wrong</th></tr></thead>
            <tbody>{preview.rows.map((row) => (
              <tr key={row.line}><td class="num">{row.line}</td><td>{row.timestamp === null ? '' : dateTime(row.timestamp)}</td>
                <td>{row.measurements.map(exact).join('  ')}</td><td class="bad-text small">{row.problems.join('; ')}</td></tr>))}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
