import type {Job} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {now} from '../live.js';
import {client} from '../session.js';
import {placeWords} from './place.js';

const EVERY_MS = 5_000;

/** The place of a waiting job in its queue. It moves up without an event, so it is asked for again and again. */
export function QueuePlace({id}: {id: string}): JSX.Element | null {
  const [job, show] = useState<Job>();
  useEffect(() => {
    const ask = () => void client.job(id).then(show, () => undefined); // the next time may do better
    ask();
    const timer = setInterval(ask, EVERY_MS);
    return () => clearInterval(timer);
  }, [id]);
  const text = job && placeWords(job, now.value);
  return text ? <span> · {text}</span> : null;
}
