import './filling.css';
import './new.css';
import type {Defect} from '@headway/client';
import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {navigate} from '../router.js';
import {client, words} from '../session.js';
import {Field} from '../ui/field.js';
import {Icon} from '../ui/icons.js';
import {Button, Notice, PageHead, Tabs, useLoaded} from '../ui/parts.js';
import {faultsOf, type Typed} from '../ui/typed.js';
import {count} from '../words.js';
import type {Preview, Strategy, Validation} from './api.js';
import {EXAMPLE} from './example.js';
import {configOf, SETTINGS} from './settings.js';
import {NO_SITE, siteConfig, type SiteDraft} from './site-draft.js';
import {SiteForm} from './site-form.js';

type Mode = 'one' | 'compare';
const MOST_COMPARED = 8;
const SETTLE_MS = 350;
const SHOWN_ERRORS = 100;
const EXTENSION = /\.(csv|txt|xlsx)$/i;

interface Lots {
  name: string;
  file: Blob;
}

/** A new schedule, or a comparison: the lots, the strategy and the settings, checked before anything runs. */
export function NewPage(): JSX.Element {
  const [lots, take] = useState<Lots>();
  const [mode, setMode] = useState<Mode>(new URLSearchParams(location.search).has('compare') ? 'compare' : 'one');
  const [name, setName] = useState('');
  const [chosen, choose] = useState<string>();
  const [compared, setCompared] = useState<readonly string[]>(['smart-pack', 'spt-pack', 'lpt-pack', 'cfs-pack', 'best']);
  const [typed, setTyped] = useState<Typed>({time_limit_seconds: '10'});
  const [site, setSite] = useState<SiteDraft>(NO_SITE);
  const [busy, setBusy] = useState(false);
  const [refusal, refuse] = useState<unknown>();
  const strategies = useLoaded('strategies', () => client.request<{strategies: Strategy[]}>('/api/v1/strategies'));
  const config = JSON.stringify({...configOf(typed), ...siteConfig(site)});
  const checked = useChecked(lots, config);
  const available = strategies.value?.strategies.filter((one) => one.available) ?? [];
  const strategy = chosen ?? available.find((one) => one.default)?.name ?? '';
  const ready = lots !== undefined && checked.value?.valid === true && (mode === 'one' ? strategy !== '' : compared.length >= 2);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (lots === undefined || busy) {
      return;
    }
    setBusy(true);
    refuse(undefined);
    try {
      const form = formOf(lots, config);
      form.set('name', name.trim() || lots.name.replace(EXTENSION, ''));
      form.set(mode === 'one' ? 'strategy' : 'strategies', mode === 'one' ? strategy : compared.join());
      const path = mode === 'one' ? '/api/v1/schedule' : '/api/v1/compare';
      const {id} = await client.request<{id: number}>(path, {method: 'POST', body: form});
      navigate(mode === 'one' ? `/schedule/${id}` : `/comparison/${id}`);
    } catch (failure) {
      refuse(failure);
      setBusy(false);
    }
  };
  const errors = checked.value?.errors ?? [];
  const faults = faultsOf(errors, SETTINGS.map(({key}) => key)).fields;
  const siteFault = errors.some(({field}) => /^config\.(start_time|time_zone|lines|shifts|shutdowns|changeover_matrix)/.test(field ?? ''));
  return (
    <main class="page" id="main">
      <PageHead title={mode === 'one' ? 'New schedule' : 'New comparison'} crumb={{href: '/schedules', text: 'Schedules'}} />
      <form class="new" onSubmit={(event) => void submit(event)} noValidate>
        <div class="stack">
          <LotsCard lots={lots} take={take} checked={checked} />
        </div>
        <div class="stack">
          <section class="card card-body stack" aria-label="Plan">
            <Tabs label="What to do" value={mode} choose={setMode}
              options={[{value: 'one', text: 'One strategy'}, {value: 'compare', text: 'Compare strategies'}]} />
            <Field id="name" label="Name" maxLength={200} value={name} placeholder={lots?.name.replace(EXTENSION, '') ?? 'Week 48'} typed={setName} />
            {strategies.failure && <Notice kind="bad">{strategies.failure}</Notice>}
            <Strategies all={available} mode={mode} chosen={strategy} choose={choose} compared={compared} compare={setCompared} />
          </section>
          <details class="card settings" open={Object.keys(faults).length > 0 || undefined}>
            <summary><h2>Settings</h2></summary>
            <div class="settings-grid">
              {SETTINGS.map((setting) => (
                <Field key={setting.key} id={setting.key} label={setting.label} unit={setting.unit} hint={setting.hint} inputMode="decimal"
                  placeholder={String(setting.usual)} value={typed[setting.key] ?? ''} fault={faults[setting.key]}
                  typed={(text) => setTyped({...typed, [setting.key]: text})} />
              ))}
            </div>
          </details>
          <details class="card settings" open={siteFault || undefined}>
            <summary><h2>Start, lines and calendar</h2></summary>
            <SiteForm site={site} change={setSite} errors={errors} />
          </details>
          {refusal !== undefined && <Notice kind="bad">{said(refusal)}</Notice>}
          <div class="new-foot">
            <Button kind="main" type="submit" disabled={!ready || busy}>{busy ? 'Starting…' : mode === 'one' ? 'Plan the schedule' : 'Compare'}</Button>
            {!ready && <span class="small faint">{missing(lots, checked, mode, compared)}</span>}
          </div>
        </div>
      </form>
    </main>
  );
}

function said(failure: unknown): string {
  return failure instanceof HeadwayError && failure.errors.length > 0
    ? failure.errors.map((one) => one.message).join(' ')
    : words(failure);
}

function missing(lots: Lots | undefined, checked: Checked, mode: Mode, compared: readonly string[]): string {
  if (lots === undefined) {
    return 'A file of lots comes first.';
  }
  if (mode === 'compare' && compared.length < 2) {
    return 'A comparison needs two strategies or more.';
  }
  return checked.value?.valid === false ? 'What is wrong comes first.' : '';
}

function formOf(lots: Lots, config: string): FormData {
  const form = new FormData();
  form.set('csv_file', lots.file, lots.name);
  form.set('config', config);
  return form;
}

interface Checked {
  value: Validation | undefined;
  failure: string | undefined;
  busy: boolean;
}

/** What the server thinks of the lots and settings, asked whenever they have settled. */
function useChecked(lots: Lots | undefined, config: string): Checked {
  const [state, set] = useState<Checked>({value: undefined, failure: undefined, busy: false});
  useEffect(() => {
    if (lots === undefined) {
      set({value: undefined, failure: undefined, busy: false});
      return undefined;
    }
    let wanted = true;
    set((before) => ({...before, busy: true}));
    const asking = setTimeout(() => {
      client.request<Validation>('/api/v1/schedule/validate', {method: 'POST', body: formOf(lots, config)}).then(
        (value) => wanted && set({value, failure: undefined, busy: false}),
        (failure: unknown) => wanted && set({value: undefined, failure: said(failure), busy: false}),
      );
    }, SETTLE_MS);
    return () => {
      wanted = false;
      clearTimeout(asking);
    };
  }, [lots, config]);
  return state;
}

function LotsCard({lots, take, checked}: {lots: Lots | undefined; take: (lots: Lots | undefined) => void; checked: Checked}): JSX.Element {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const read = (file: File | undefined) => file && take({name: file.name, file});
  const example = () => take({name: 'Example.csv', file: new Blob([EXAMPLE], {type: 'text/csv'})});
  return (
    <section class="card lots" aria-label="Lots">
      <div class={`drop ${over ? 'over' : ''} ${lots ? 'filled' : ''}`}
        onDragOver={(event) => (event.preventDefault(), setOver(true))} onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          read(event.dataTransfer?.files[0]);
        }}>
        <Icon name="file" size={lots ? 18 : 28} />
        {lots === undefined ? (
          <>
            <p><strong>Drag a CSV or Excel file of lots here</strong></p>
            <p class="small quiet">with the columns <code>Lot ID</code>, <code>Type</code> and <code>Vials</code>; also, if wanted, <code>Fill Hours</code>, <code>Release</code>, <code>Due</code>, <code>Priority</code>, <code>Lines</code>, <code>Locked Start</code> and <code>After</code>; others are left aside</p>
            <div class="drop-acts">
              <Button onClick={() => input.current?.click()}>Choose a file…</Button>
              <Button kind="plain" onClick={example}>Try an example</Button>
            </div>
          </>
        ) : (
          <>
            <p class="cut"><strong>{lots.name}</strong></p>
            <Button small onClick={() => input.current?.click()}>Another file…</Button>
            <Button small kind="plain" icon="cross" name="Remove the file" onClick={() => take(undefined)} />
          </>
        )}
        <input ref={input} class="out-of-sight" type="file" accept=".csv,.txt,.xlsx,text/csv" aria-label="CSV of lots" tabIndex={-1}
          onChange={(event) => {
            read(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }} />
      </div>
      {lots && <Findings checked={checked} />}
    </section>
  );
}

/** What the file holds, and what is wrong with it, each where it stands. */
function Findings({checked}: {checked: Checked}): JSX.Element {
  const {value, failure, busy} = checked;
  const errors = value?.errors ?? [];
  return (
    <div class="findings" aria-live="polite" aria-busy={busy}>
      {failure && <Notice kind="bad">{failure}</Notice>}
      {value === undefined && !failure && <p class="small faint">Checking…</p>}
      {value?.valid && <Notice kind="good">{count(value.lots_count, 'lot')}, nothing wrong.</Notice>}
      {value && !value.valid && (
        <Notice kind="bad"><strong>{count(errors.length, 'thing is', 'things are')} wrong.</strong> Mend the file and drop it again.</Notice>
      )}
      {value?.warnings.map((warning, at) => <Notice kind="warn" key={at}>{placed(warning)}{warning.message}</Notice>)}
      <FileRows preview={value?.preview} errors={errors} />
    </div>
  );
}

function placed({row, column}: Defect): string {
  return row === undefined ? '' : `Row ${row}${column ? `, ${column}` : ''}: `;
}

/** The rows that are wrong, each with the reason; of a sound file, how it begins: all as the server has read it. */
function FileRows({preview, errors}: {preview: Preview | undefined; errors: readonly Defect[]}): JSX.Element {
  const {header = [], rows = [], rows_count: all = 0} = preview ?? {};
  const shown = new Set(rows.map(({row}) => row));
  const wrong = new Set(errors.flatMap(({row}) => row ?? []));
  const general = errors.filter(({row}) => row === undefined || !shown.has(row));
  const more = wrong.size > 0 ? [...wrong].filter((row) => !shown.has(row)).length : all - rows.length;
  return (
    <>
      {general.length > 0 && <ul class="general">{general.slice(0, SHOWN_ERRORS).map((error, at) => <li key={at}>{placed(error)}{error.message}</li>)}</ul>}
      {header.length > 0 && (
        <div class="scroll preview">
          <table class="table">
            <thead><tr><th class="num">Row</th>{header.map((cell, at) => <th key={at}>{cell}</th>)}</tr></thead>
            <tbody>
              {rows.map(({row, cells}) => (
                <PreviewRow key={row} cells={cells} number={row} header={header} errors={errors.filter((error) => error.row === row)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p class="small faint">and {count(more, 'more row')}</p>}
    </>
  );
}

function PreviewRow(props: {cells: readonly string[]; number: number; header: readonly string[]; errors: Defect[]}): JSX.Element {
  const {cells, number, header, errors} = props;
  const isWrong = (at: number) => errors.some(({column}) => column !== undefined && column.toLowerCase() === header[at]?.toLowerCase());
  return (
    <>
      <tr class={errors.length > 0 ? 'wrong' : ''}>
        <td class="num faint">{number}</td>
        {header.map((_, at) => (
          <td key={at} class={isWrong(at) ? 'wrong-cell' : ''}>{cells[at] || (isWrong(at) ? <em>empty</em> : '')}</td>
        ))}
      </tr>
      {errors.length > 0 && (
        <tr class="why"><td /><td colSpan={Math.max(1, header.length)}>{errors.map(({message}) => message).join(' ')}</td></tr>
      )}
    </>
  );
}

function Strategies(props: {
  all: Strategy[];
  mode: Mode;
  chosen: string;
  choose: (name: string) => void;
  compared: readonly string[];
  compare: (names: readonly string[]) => void;
}): JSX.Element {
  const {all, mode, chosen, choose, compared, compare} = props;
  const toggle = (name: string) =>
    compare(compared.includes(name) ? compared.filter((other) => other !== name) : [...compared, name]);
  return (
    <fieldset class="strategies">
      <legend class="label">{mode === 'one' ? 'Strategy' : `Strategies, 2 to ${MOST_COMPARED}`}</legend>
      {all.map(({name, description, default: usual}) => {
        const on = mode === 'one' ? chosen === name : compared.includes(name);
        return (
          <label key={name} class={on ? 'on' : ''}>
            <input type={mode === 'one' ? 'radio' : 'checkbox'} name="strategy" checked={on}
              disabled={mode === 'compare' && !on && compared.length >= MOST_COMPARED}
              onChange={() => (mode === 'one' ? choose(name) : toggle(name))} />
            <span><strong>{name}</strong>{usual && <span class="faint small"> usual</span>}<br /><span class="small quiet">{description}</span></span>
          </label>
        );
      })}
    </fieldset>
  );
}
