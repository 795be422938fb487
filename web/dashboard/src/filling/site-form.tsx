import type {Defect} from '@headway/client';
import type {ComponentChildren, JSX} from 'preact';
import {Field, TimeField} from '../ui/field.js';
import {Button} from '../ui/parts.js';
import {DAYS, NEW_LINE, NEW_SHIFT, NEW_SHUTDOWN, replaced, type SiteDraft, withoutLine} from './site-draft.js';

interface Props {
  site: SiteDraft;
  change: (site: SiteDraft) => void;
  errors: readonly Defect[];
}

/** The site of a new schedule: its beginning, clocks, lines, calendar and changeovers. */
export function SiteForm({site, change, errors}: Props): JSX.Element {
  const fault = (start: string) => errors.find(({field}) => field?.replace(/^config\./, '').startsWith(start))?.message;
  const zones = Intl.supportedValuesOf('timeZone');
  return (
    <div class="site stack">
      <div class="site-two">
        <TimeField id="start_time" label="Begins" hint="now, when left empty" value={site.start} fault={fault('start_time')}
          typed={(start) => change({...site, start, zone: site.zone || zoneHere()})} />
        <div class="field">
          <label for="time_zone">Time zone</label>
          <input class="input" id="time_zone" list="zones" value={site.zone} placeholder="UTC" aria-invalid={fault('time_zone') !== undefined}
            onInput={(event) => change({...site, zone: event.currentTarget.value})} />
          <datalist id="zones">{zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
          <p class={fault('time_zone') ? 'wrong' : 'hint'}>{fault('time_zone') ?? 'of the site’s clocks'}</p>
        </div>
      </div>
      <Lines site={site} change={change} errors={errors} />
      <Shifts site={site} change={change} errors={errors} />
      <Shutdowns site={site} change={change} errors={errors} />
      <div class="field">
        <label for="matrix">Changeover table <span class="faint">h</span></label>
        <textarea class="input" id="matrix" rows={4} value={site.matrix} placeholder={'from \\ to;Heparin;Insulin\nHeparin;2;6\nInsulin;8;2'}
          aria-invalid={fault('changeover_matrix') !== undefined} onInput={(event) => change({...site, matrix: event.currentTarget.value})} />
        <p class={fault('changeover_matrix') ? 'wrong' : 'hint'}>
          {fault('changeover_matrix') ?? 'Copied from a spreadsheet: types before in rows, types after in columns. It replaces the two changeover hours.'}
        </p>
      </div>
    </div>
  );
}

/** The zone of the visitor's own clock, the likeliest one of the site. */
function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function Group({title, hint, add, children}: {title: string; hint: string; add: () => void; children: ComponentChildren}): JSX.Element {
  return (
    <fieldset class="site-group">
      <legend class="label">{title}</legend>
      {children}
      <div class="site-foot"><Button small icon="plus" onClick={add}>Add</Button> <span class="hint">{hint}</span></div>
    </fieldset>
  );
}

function Wrong({errors, of}: {errors: readonly Defect[]; of: string}): JSX.Element {
  const found = errors.filter(({field}) => field?.startsWith(`config.${of}`));
  return <>{found.map((one) => <p class="wrong" key={one.message}>{one.message}</p>)}</>;
}

function Lines({site, change, errors}: Props): JSX.Element {
  const set = (lines: SiteDraft['lines']) => change({...site, lines});
  return (
    <Group title="Named lines" hint="in place of a number of equal lines" add={() => set([...site.lines, NEW_LINE])}>
      {site.lines.map((line, at) => (
        <div class="site-row" key={at}>
          <Field id={`line-${at}`} label="Name" value={line.name} placeholder={`Line ${at + 1}`} typed={(name) => set(replaced(site.lines, at, {...line, name}))} />
          <Field id={`line-window-${at}`} label="Window" unit="h" value={line.window_hours} inputMode="decimal"
            typed={(text) => set(replaced(site.lines, at, {...line, window_hours: text}))} />
          <Field id={`line-rate-${at}`} label="Rate" unit="vials/h" value={line.fill_rate_vph} inputMode="decimal"
            typed={(text) => set(replaced(site.lines, at, {...line, fill_rate_vph: text}))} />
          <Button small kind="plain" icon="cross" name={`Remove line ${at + 1}`} onClick={() => change(withoutLine(site, at))} />
        </div>
      ))}
      <Wrong errors={errors} of="lines" />
    </Group>
  );
}

function Shifts({site, change, errors}: Props): JSX.Element {
  const set = (shifts: SiteDraft['shifts']) => change({...site, shifts});
  return (
    <Group title="Shifts" hint="without any, lines work day and night" add={() => set([...site.shifts, NEW_SHIFT])}>
      {site.shifts.map((shift, at) => (
        <div class="site-row" key={at}>
          <div class="site-days" role="group" aria-label="Days">
            {DAYS.map((day) => (
              <label key={day}>
                <input type="checkbox" checked={shift.days.includes(day)}
                  onChange={(event) => set(replaced(site.shifts, at, {
                    ...shift, days: DAYS.filter((one) => (one === day ? event.currentTarget.checked : shift.days.includes(one))),
                  }))} />
                {day}
              </label>
            ))}
          </div>
          <OfLine id={`shift-line-${at}`} lines={site.lines} line={shift.line} choose={(line) => set(replaced(site.shifts, at, withLine(shift, line)))} />
          <Clock id={`shift-from-${at}`} label="From" value={shift.from} typed={(from) => set(replaced(site.shifts, at, {...shift, from}))} />
          <Clock id={`shift-to-${at}`} label="To" value={shift.to} typed={(to) => set(replaced(site.shifts, at, {...shift, to}))} />
          <Button small kind="plain" icon="cross" name={`Remove shift ${at + 1}`} onClick={() => set(replaced(site.shifts, at, undefined))} />
        </div>
      ))}
      <Wrong errors={errors} of="shifts" />
    </Group>
  );
}

function withLine<T extends {line?: number}>(item: T, line: number | undefined): T {
  const {line: _, ...rest} = item;
  return (line === undefined ? rest : {...rest, line}) as T;
}

/** Which line a part of the calendar is for; nothing to choose where lines have no names. */
function OfLine(props: {
  id: string;
  lines: SiteDraft['lines'];
  line: number | undefined;
  choose: (line: number | undefined) => void;
}): JSX.Element | null {
  const {id, lines, line, choose} = props;
  return lines.length === 0 ? null : (
    <div class="field">
      <label for={id}>Of</label>
      <select class="input" id={id} value={line ?? ''}
        onChange={(event) => choose(event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value))}>
        <option value="">all lines</option>
        {lines.map(({name}, at) => <option key={at} value={at}>{name || `Line ${at + 1}`}</option>)}
      </select>
    </div>
  );
}

function Clock({id, label, value, typed}: {id: string; label: string; value: string; typed: (text: string) => void}): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input class="input" id={id} type="time" value={value} onInput={(event) => typed(event.currentTarget.value)} />
    </div>
  );
}

function Shutdowns({site, change, errors}: Props): JSX.Element {
  const set = (shutdowns: SiteDraft['shutdowns']) => change({...site, shutdowns});
  return (
    <Group title="Shutdowns" hint="holidays and maintenance" add={() => set([...site.shutdowns, NEW_SHUTDOWN])}>
      {site.shutdowns.map((closed, at) => (
        <div class="site-row" key={at}>
          <OfLine id={`shut-line-${at}`} lines={site.lines} line={closed.line} choose={(line) => set(replaced(site.shutdowns, at, withLine(closed, line)))} />
          <TimeField id={`shut-from-${at}`} label="From" value={closed.from} typed={(from) => set(replaced(site.shutdowns, at, {...closed, from}))} />
          <TimeField id={`shut-to-${at}`} label="To" value={closed.to} typed={(to) => set(replaced(site.shutdowns, at, {...closed, to}))} />
          <Button small kind="plain" icon="cross" name={`Remove shutdown ${at + 1}`} onClick={() => set(replaced(site.shutdowns, at, undefined))} />
        </div>
      ))}
      <Wrong errors={errors} of="shutdowns" />
    </Group>
  );
}
