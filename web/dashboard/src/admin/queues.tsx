import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {client, words} from '../session.js';
import {Button, Notice} from '../ui/parts.js';
import {number} from '../words.js';
import type {Queue, QueuePage} from './api.js';

const EVERY_MS = 3_000;

/** The queues with what waits and runs in them; each can be paused here. */
export function Queues(): JSX.Element {
  const [queues, show] = useState<Queue[]>();
  const [failure, fail] = useState<unknown>();
  const load = () => client.request<QueuePage>('/api/v1/admin/queues').then((page) => show(page.queues), fail);
  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);

  const pause = async (queue: Queue, paused: boolean) => {
    fail(undefined);
    await client.request(`/api/v1/admin/queues/${queue.name}`, {method: 'PATCH', body: {paused}, once: true}).catch(fail);
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
                <td class="small quiet">{queue.rate ? `${number(queue.rate.starts)} in ${number(queue.rate.seconds)} s` : '–'}</td>
                <td class="row-actions">
                  <Button small onClick={() => void pause(queue, !queue.paused)}>{queue.paused ? 'Resume' : 'Pause'}<span class="out-of-sight"> {queue.name}</span></Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table></div>
      )}
    </section>
  );
}
