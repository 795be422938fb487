import {count, duration, wholeDate} from '../words.js';

/** A waiting job as far as its place in the queue goes. */
export interface Waiting {
  status: string;
  run_at?: string | null;
  queue_position?: number | null;
  expected_start?: string | null;
}

/** What holds a waiting job back, and when it may begin: `2 jobs before it, about 30 s until it begins`. */
export function placeWords(job: Waiting, now: number): string {
  if (job.status !== 'queued') {
    return '';
  }
  if (job.run_at && Date.parse(job.run_at) > now) {
    return `begins ${wholeDate(job.run_at)} at the earliest`;
  }
  if (!job.queue_position) {
    return '';
  }
  const before = job.queue_position === 1 ? 'next in its queue' : `${count(job.queue_position - 1, 'job')} before it`;
  const left = job.expected_start ? Date.parse(job.expected_start) - now : 0;
  return left > 1_000 ? `${before}, about ${duration(left)} until it begins` : before;
}
