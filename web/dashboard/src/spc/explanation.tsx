import type {JSX} from 'preact';
import {client} from '../session.js';
import {useLoaded} from '../ui/parts.js';
import {dateTime, number, significant} from '../words.js';
import type {Violation} from './api.js';
import {exact} from './digits.js';

/** Why a violation is one: a sentence, and the numbers of its points in the rule's formula. */
export function Explanation({violation, show}: {violation: Violation; show: (from: number, to: number) => void}): JSX.Element {
  const {violation_id: id, last_sample_id: last} = violation;
  const loaded = useLoaded(`${id} ${last}`, () => client.request<Violation>(`/api/v1/violations/${id}`));
  const found = loaded.value?.explanation;
  const points = found?.points ?? [];
  const first = points[0];
  const end = points.at(-1);
  return (
    <div class="explanation small">
      {loaded.failure && <p class="bad-text" role="alert">{loaded.failure}</p>}
      {found && <p>{found.sentence}</p>}
      {points.length > 0 && (
        <details>
          <summary>Its numbers</summary>
          <div class="scroll">
            <table class="table tight">
              <thead><tr><th class="num">Sample</th><th>Taken</th><th class="num">Value</th><th class="num">Centre</th><th class="num">Sigma</th><th class="num">z</th></tr></thead>
              <tbody>
                {points.map((one) => (
                  <tr key={one.sample_id}><td class="num">{one.sample_id}</td><td>{dateTime(one.timestamp)}</td><td class="num">{exact(Number(one.value.toPrecision(10)))}</td>
                    <td class="num">{significant(one.center_line, 7)}</td><td class="num">{exact(Number(one.sigma.toPrecision(4)))}</td><td class="num">{number(one.z, 2)}</td></tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      {first && end && (
        <button type="button" class="as-link" onClick={() => show(Date.parse(first.timestamp), Date.parse(end.timestamp))}>Show it on the chart</button>
      )}
    </div>
  );
}
