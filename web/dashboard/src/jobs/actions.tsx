import type {JobSnapshot} from '@headway/client';
import {isEnd} from '@headway/client';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client} from '../session.js';
import {Button} from '../ui/parts.js';
import {attempt, tell} from '../ui/toasts.js';

/** Cancelling what runs, and doing again what has ended without success. */
export function JobActions({job, id, title}: {job: JobSnapshot; id: string; title: string}): JSX.Element | null {
  const [busy, setBusy] = useState(false);
  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true);
    await attempt(work);
    setBusy(false);
  };
  if (!isEnd(job.status)) {
    const asked = job.cancel_requested === true;
    return (
      <Button small disabled={busy || asked} aria-label={`Cancel ${title}`} onClick={() => void doing(() => cancel(id))}>
        {asked ? 'Stopping…' : 'Cancel'}
      </Button>
    );
  }
  return (
    <Button small icon="retry" disabled={busy} aria-label={`Retry ${title}`}
      onClick={() => void doing(() => client.retry(id))}>Retry</Button>
  );
}

async function cancel(id: string): Promise<void> {
  if ((await client.cancel(`job:${id}`)) === 'too_late') {
    tell('It had ended before it could be cancelled.');
  }
}
