import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {dateTime, number} from '../words.js';
import type {Activity} from './api.js';

const WORDS = {CLEAN: 'Clean', CHANGEOVER: 'Changeover', FILL: 'Fill'};

/** The note, and that a lot is late or has moved. */
function remarks({note, moved, tardiness_hours: late}: Activity): string {
  return [note, late ? `${number(late, 1)} h late` : '', moved ? 'moved' : ''].filter((text) => text !== '').join(' · ');
}

/** All activities as a table: the chart in words. */
export function ActivityTable({activities, zone}: {activities: readonly Activity[]; zone: string}): JSX.Element {
  const [open, show] = useState(false);
  return (
    <details class="card activities no-print" onToggle={(event) => show(event.currentTarget.open)}>
      <summary><h2>All activities <span class="faint">{activities.length}</span></h2></summary>
      {open && (
        <div class="scroll">
          <table class="table">
            <thead><tr><th>From ({zone})</th><th>To ({zone})</th><th>What</th><th>Lot</th><th>Type</th><th>Line</th><th class="num">Hours</th><th>Note</th></tr></thead>
            <tbody>
              {activities.map((one, at) => (
                <tr key={at}>
                  <td class="num-left">{dateTime(one.start, zone)}</td><td>{dateTime(one.end, zone)}</td><td>{WORDS[one.kind]}</td>
                  <td>{one.lot_id ?? ''}</td><td>{one.lot_type ?? ''}</td><td>{one.line}</td>
                  <td class="num">{number(one.duration_hours, 2)}</td><td class="quiet">{remarks(one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
