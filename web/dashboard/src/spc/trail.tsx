import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client} from '../session.js';
import {Empty, useLoaded} from '../ui/parts.js';
import {dateTime} from '../words.js';

interface Entry {
  id: number;
  at: string;
  actor: string;
  action: string;
  signature: {meaning: string} | null;
}

/**
 * The newest changes of a characteristic: by whom, when, and what a signature means.
 *
 * @param props.round changes whenever there may be others
 */
export function Trail({id, round}: {id: number; round: string}): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details class="card activities" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary><h2>Changes</h2></summary>
      {open && <Newest id={id} round={round} />}
    </details>
  );
}

function Newest({id, round}: {id: number; round: string}): JSX.Element {
  const loaded = useLoaded(`trail ${id}`, () => client.request<{entries: Entry[]}>(`/api/v1/audit?characteristic_id=${id}&limit=50`), round);
  const entries = loaded.value?.entries ?? [];
  if (entries.length === 0) {
    return <Empty icon="info" title={loaded.value === undefined ? 'Loading…' : 'No changes yet'} />;
  }
  return (
    <div class="scroll">
      <table class="table">
        <thead><tr><th>When</th><th>By whom</th><th>What</th><th>Signature</th></tr></thead>
        <tbody>{entries.map((one) => (
          <tr key={one.id}><td>{dateTime(one.at)}</td><td>{one.actor}</td><td>{one.action.replaceAll('_', ' ')}</td><td>{one.signature?.meaning ?? ''}</td></tr>
        ))}</tbody>
      </table>
    </div>
  );
}
