import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {Button, Notice} from '../ui/parts.js';
import {number} from '../words.js';
import type {Queue, QueuePage} from './api.js';

const EVERY_MS = 3_000;

type StartRate = NonNullable<Queue['rate']>;

interface Change {
  paused?: boolean;
  rate?: StartRate | null;
}

/** How many jobs of a queue may begin in a time, and the form that limits it: the list that is read anew meanwhile leaves what was typed. */
function Rate({queue, limit}: {queue: Queue; limit: (rate: StartRate | null) => Promise<void>}): JSX.Element {
  const [open, setOpen] = useState(false);
  const save = (event: Event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const starts = Number(typed.get('starts'));
    setOpen(false);
    void limit(starts > 0 ? {starts, seconds: Number(typed.get('seconds'))} : null);
  };
  if (!open) {
    const text = queue.rate ? `${number(queue.rate.starts)} in ${number(queue.rate.seconds)} s` : 'no limit';
    return <Button small kind="plain" onClick={() => setOpen(true)} aria-label={`Rate of ${queue.name}: ${text}. Change it`}>{text}</Button>;
  }
  return (
    <form class="rate" onSubmit={save} aria-label={`Rate of ${queue.name}`}>
      <input class="input" name="starts" type="number" min="0" max="1000000" required autofocus aria-label="Jobs; 0 for no limit" defaultValue={queue.rate?.starts ?? ''} />
      {' in '}
      <input class="input" name="seconds" type="number" min="0.001" max="2592000" step="any" required aria-label="Seconds" defaultValue={queue.rate?.seconds ?? 1} />
      {' s '}
      <Button small type="submit">Save</Button>
      <Button small kind="plain" onClick={() => setOpen(false)}>Cancel</Button>
    </form>
  );
}

/** The queues with what waits and runs in them; each can be paused here, or its rate limited. */
export function Queues(): JSX.Element {
  const [queues, show] = useState<Queue[]>();
  const [failure, fail] = useState<unknown>();
  const load = () => client.request<QueuePage>('/api/v1/admin/queues').then((page) => show(page.queues), fail);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  const change = async (queue: Queue, body: Change) => {
    fail(undefined);
    await client.request(`/api/v1/admin/queues/${queue.name}`, {method: 'PATCH', body, once: true}).catch(fail);
    await load();
  };
  return (
    <section class="card" aria-label="Queues">
      <div class="card-head"><h2>Queues</h2></div>
      {failure !== undefined && <Notice kind="bad">{words(failure)}</Notice>}
      {queues?.length === 0 ? <p class="card-body small quiet">No job waits or runs.</p> : (
        <div class="scroll"><table class="table">
          <thead><tr><th>Queue</th><th class="num">Waiting</th><th class="num">Running</th><th>Rate</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
          <tbody>
            {queues?.map((queue) => (
              <tr key={queue.name}>
                <td class="wrap">{queue.name} {queue.paused && <span class="badge warn">paused</span>}</td>
                <td class="num">{number(queue.waiting)}</td>
                <td class="num">{number(queue.running)}</td>
                <td class="small quiet"><Rate queue={queue} limit={(rate) => change(queue, {rate})} /></td>
                <td class="row-actions">
                  <Button small onClick={() => void change(queue, {paused: !queue.paused})}>{queue.paused ? 'Resume' : 'Pause'}<span class="out-of-sight"> {queue.name}</span></Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table></div>
      )}
    </section>
  );
}
