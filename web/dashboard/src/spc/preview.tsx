import type {JSX} from 'preact';
import {useEffect, useRef} from 'preact/hooks';
import type {contract} from '@headway/client';
import {count, number} from '../words.js';
import type {Sample, Violation} from './api.js';
import type {ChartState} from './state.js';

/** What a change would do, as the server judges it. */
export type Preview = contract.ChangePreview;

/** The samples whose verdict a change would turn. */
export function turned(present: readonly Sample[], preview: Preview): ReadonlySet<number> {
  const before = new Map(present.map((one) => [one.sample_id, one.in_control]));
  return new Set(preview.points.filter((one) => before.has(one.sample_id) && before.get(one.sample_id) !== one.in_control).map((one) => one.sample_id));
}

/** The chart with the violations that a change would find. */
export function foreseen(state: ChartState, preview: Preview): ChartState {
  const violations = new Map(state.violations);
  preview.found.forEach((one) => violations.set(one.violation_id, one as Violation));
  return {...state, violations};
}

/** What a change would do, in words: over the chart that is drawn as it would be. */
export function PreviewWords({preview, drop}: {preview: Preview; drop: () => void}): JSX.Element {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => head.current?.scrollIntoView({block: 'center'}), [preview]); // who asked is far below
  const out = preview.points.filter((one) => one.in_control === false);
  return (
    <div ref={head} class="preview-head small" role="status">
      <p><b>Preview, nothing is stored.</b> {previewWords(preview)}</p>
      <p>{out.length === 0 ? 'None' : `${number(out.length)}`} of the newest {count(preview.points.length, 'sample')} would be out of control
        {out.length > 0 && `: ${out.slice(-8).map((one) => one.sample_id).join(', ')}${out.length > 8 ? ' and earlier ones' : ''}`}.</p>
      {preview.found.length > 0 && <p class="quiet">Found: {names(preview.found)}.</p>}
      {preview.lost.length > 0 && <p class="quiet">Withdrawn: {names(preview.lost)}.</p>}
      <button type="button" class="as-link" onClick={drop}>Back to the chart as it is</button>
    </div>
  );
}

/** How much would be judged anew, found and withdrawn. */
export function previewWords({judged, begun, withdrawn}: Preview): string {
  return `${count(judged, 'sample')} would be judged anew: ${count(begun, 'violation')} found, ${number(withdrawn)} withdrawn.`;
}

function names(violations: Preview['found']): string {
  const shown = violations.slice(0, 4).map((one) => `${one.rule_name} at sample ${one.sample_id}`);
  return shown.join('; ') + (violations.length > shown.length ? `; and ${violations.length - shown.length} more` : '');
}
