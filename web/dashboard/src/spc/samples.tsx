import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {mayEdit, words} from '../session.js';
import {Button, Tabs} from '../ui/parts.js';
import {numberOf} from '../ui/typed.js';
import {dateTime} from '../words.js';
import {Annotate} from './annotations.js';
import type {Sample} from './api.js';
import {exact, plotted} from './digits.js';
import type {Preview} from './preview.js';
import {isBeyond, zoneWords} from './state.js';
import {store} from './signing.js';

/**
 * The chart in words; each sample can be annotated, and left out, corrected or deleted for a reason.
 *
 * @param props.preview draws the chart as a change would leave it; as it is without a preview
 */
export function Samples({points, preview}: {points: readonly Sample[]; preview: (preview?: Preview) => void}): JSX.Element {
  const [open, show] = useState(false);
  const [editing, edit] = useState<{id: number; how: 'change' | 'annotate'}>();
  const done = () => (edit(undefined), preview());
  return (
    <details class="card activities no-print" onToggle={(event) => show(event.currentTarget.open)}>
      <summary><h2>Samples <span class="faint">{points.length}</span></h2></summary>
      {open && (
        <div class="scroll">
          <table class="table">
            <thead><tr><th class="num">Sample</th><th>Taken</th><th class="num">Value</th><th>Zone</th><th>Measurements</th><th>Batch</th>
              <th><span class="out-of-sight">Actions</span></th></tr></thead>
            <tbody>
              {points.toReversed().map((one) => (
                <>
                  <tr key={one.sample_id}>
                    <td class="num">{one.sample_id}</td><td>{dateTime(one.timestamp)}</td><td class="num">{plotted(one)}</td>
                    <td class={isBeyond(one) ? 'bad-text' : ''}>{zoneWords(one.zone)}{one.excluded && ', left out'}</td>
                    <td class="quiet">{one.measurements?.map(exact).join('  ')}</td><td>{one.batch_number ?? ''}</td>
                    <td class="row-acts">
                      <Button small kind="plain" onClick={() => edit({id: one.sample_id, how: 'annotate'})} aria-label={`Annotate sample ${one.sample_id}`}>Annotate…</Button>
                      {mayEdit() && <Button small onClick={() => edit({id: one.sample_id, how: 'change'})} aria-label={`Change sample ${one.sample_id}`}>Change…</Button>}
                    </td>
                  </tr>
                  {editing?.id === one.sample_id && (
                    <tr key={`${one.sample_id} form`} class="row-form"><td colSpan={7}>
                      {editing.how === 'change' ? <Change sample={one} preview={preview} done={done} /> : <Annotate sample={one.sample_id} done={done} />}
                    </td></tr>)}
                </>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

type Act = 'exclude' | 'correct' | 'delete';

/** What becomes of a sample, and why. The stream shows it to everybody. */
function Change({sample, preview, done}: {sample: Sample; preview: (preview?: Preview) => void; done: () => void}): JSX.Element {
  const [act, choose] = useState<Act>('exclude');
  const [reason, setReason] = useState('');
  const [typed, type] = useState((sample.measurements ?? []).map(String).join('  '));
  const [failure, fail] = useState<string>();
  const request = <T,>(query: string): Promise<T> => {
    const path = `/api/v1/samples/${sample.sample_id}`;
    const body = act === 'exclude' ? {excluded: !sample.excluded, reason} : act === 'delete' ? {reason}
      : {measurements: typed.trim().split(/[\s;]+/).map(numberOf), reason};
    return act === 'exclude' ? store<T>(`${path}/exclude${query}`, {method: 'PATCH', body})
      : store<T>(`${path}${query}`, {method: act === 'correct' ? 'PATCH' : 'DELETE', body});
  };
  const attempted = async (work: () => Promise<void>) => {
    fail(undefined);
    try {
      await work();
    } catch (refused) {
      fail(refused instanceof HeadwayError && refused.errors.length > 0 ? refused.errors.map(({message}) => message).join(' ') : words(refused));
    }
  };
  const send = (event: Event) => {
    event.preventDefault();
    void attempted(async () => {
      await request('');
      done();
    });
  };
  const look = () => void attempted(async () => preview(await request<Preview>('?preview=true&limit=250')));
  const exclude = sample.excluded ? 'Take in again' : 'Leave out';
  const texts: Record<Act, string> = {exclude, correct: 'Correct', delete: 'Delete'};
  return (
    <form class="stack sample-change" onSubmit={send}>
      <Tabs<Act> label="What becomes of it" value={act} choose={(next) => (choose(next), preview())} options={(['exclude', 'correct', 'delete'] as const).map((one) => ({value: one, text: texts[one]}))} />
      {act === 'correct' && (
        <div class="field"><label for={`measured-${sample.sample_id}`}>Measurements, as they should be</label>
          <input class="input" id={`measured-${sample.sample_id}`} value={typed} onInput={(event) => type(event.currentTarget.value)} /></div>
      )}
      <div class="field"><label for={`why-${sample.sample_id}`}>Reason, for the audit trail</label>
        <input class="input" id={`why-${sample.sample_id}`} required maxLength={1_000} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></div>
      {failure && <p class="bad-text small" role="alert">{failure}</p>}
      <div class="acts">
        <Button small kind={act === 'delete' ? 'danger' : 'main'} type="submit" disabled={reason.trim() === ''}>{texts[act]}</Button>
        <Button small onClick={look}>Show what would change</Button>
        <Button small kind="plain" onClick={done}>Cancel</Button>
      </div>
    </form>
  );
}
