import {HeadwayError} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client, mayEdit, words} from '../session.js';
import {Button, Tabs} from '../ui/parts.js';
import {numberOf} from '../ui/typed.js';
import {dateTime} from '../words.js';
import type {Sample} from './api.js';
import {exact, plotted} from './digits.js';
import {isBeyond, zoneWords} from './state.js';

/** The chart in words; each sample can be left out, corrected or deleted for a reason. */
export function Samples({points}: {points: readonly Sample[]}): JSX.Element {
  const [open, show] = useState(false);
  const [editing, edit] = useState<number>();
  const done = () => edit(undefined);
  return (
    <details class="card activities no-print" onToggle={(event) => show(event.currentTarget.open)}>
      <summary><h2>Samples <span class="faint">{points.length}</span></h2></summary>
      {open && (
        <div class="scroll">
          <table class="table">
            <thead><tr><th class="num">Sample</th><th>Taken</th><th class="num">Value</th><th>Zone</th><th>Measurements</th><th>Batch</th>
              {mayEdit() && <th><span class="out-of-sight">Actions</span></th>}</tr></thead>
            <tbody>
              {points.toReversed().map((one) => (
                <>
                  <tr key={one.sample_id}>
                    <td class="num">{one.sample_id}</td><td>{dateTime(one.timestamp)}</td><td class="num">{plotted(one)}</td>
                    <td class={isBeyond(one) ? 'bad-text' : ''}>{zoneWords(one.zone)}{one.excluded && ', left out'}</td>
                    <td class="quiet">{one.measurements?.map(exact).join('  ')}</td><td>{one.batch_number ?? ''}</td>
                    {mayEdit() && <td class="row-acts"><Button small onClick={() => edit(one.sample_id)} aria-label={`Change sample ${one.sample_id}`}>Change…</Button></td>}
                  </tr>
                  {editing === one.sample_id && <tr key={`${one.sample_id} form`} class="row-form"><td colSpan={7}><Change sample={one} done={done} /></td></tr>}
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
function Change({sample, done}: {sample: Sample; done: () => void}): JSX.Element {
  const [act, choose] = useState<Act>('exclude');
  const [reason, setReason] = useState('');
  const [typed, type] = useState((sample.measurements ?? []).map(String).join('  '));
  const [failure, fail] = useState<string>();
  const send = async (event: Event) => {
    event.preventDefault();
    const path = `/api/v1/samples/${sample.sample_id}`;
    try {
      if (act === 'exclude') {
        await client.request(`${path}/exclude`, {method: 'PATCH', body: {excluded: !sample.excluded, reason}});
      } else if (act === 'correct') {
        const measurements = typed.trim().split(/[\s;]+/).map(numberOf);
        await client.request(path, {method: 'PATCH', body: {measurements, reason}});
      } else {
        await client.request(path, {method: 'DELETE', body: {reason}});
      }
      done();
    } catch (refused) {
      fail(refused instanceof HeadwayError && refused.errors.length > 0 ? refused.errors.map(({message}) => message).join(' ') : words(refused));
    }
  };
  const exclude = sample.excluded ? 'Take in again' : 'Leave out';
  const texts: Record<Act, string> = {exclude, correct: 'Correct', delete: 'Delete'};
  return (
    <form class="stack sample-change" onSubmit={(event) => void send(event)}>
      <Tabs<Act> label="What becomes of it" value={act} choose={choose} options={(['exclude', 'correct', 'delete'] as const).map((one) => ({value: one, text: texts[one]}))} />
      {act === 'correct' && (
        <div class="field"><label for={`measured-${sample.sample_id}`}>Measurements, as they should be</label>
          <input class="input" id={`measured-${sample.sample_id}`} value={typed} onInput={(event) => type(event.currentTarget.value)} /></div>
      )}
      <div class="field"><label for={`why-${sample.sample_id}`}>Reason, for the audit trail</label>
        <input class="input" id={`why-${sample.sample_id}`} required maxLength={1_000} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></div>
      {failure && <p class="bad-text small" role="alert">{failure}</p>}
      <div class="acts">
        <Button small kind={act === 'delete' ? 'danger' : 'main'} type="submit" disabled={reason.trim() === ''}>{texts[act]}</Button>
        <Button small kind="plain" onClick={done}>Cancel</Button>
      </div>
    </form>
  );
}
