import type {Job, TopicEvent} from '@headway/client';
import {beforeEach, describe, expect, test} from 'vitest';
import {fits, groupOf, JobList, type Row, rowOf} from '../src/jobs/list.js';

const JOB: Job = {
  id: 'a', job_type: 'copy', status: 'in_progress', priority: 0, progress: 10, stage: 'read', message: 'one',
  payload: {title: 'Copy'}, result_payload: null, error_message: null, attempt: 1, eta: null,
  created_at: '2026-11-21T10:00:00.000Z', started_at: '2026-11-21T10:00:01.000Z',
  updated_at: '2026-11-21T10:00:02.000Z', completed_at: null, owner: 7, steps: ['read', 'write'],
};

let frames: (() => void)[];
let strange: number;
let list: JobList;
let cursor = 0;

beforeEach(() => {
  frames = [];
  strange = 0;
  list = new JobList((work) => frames.push(work), () => strange++);
});

function event(type: string, data: TopicEvent['data']): TopicEvent {
  return {topic: 'user:7', cursor: `e-${++cursor}`, type, at: '2026-11-21T10:00:05.000Z', data};
}

function progress(id: string, percent: number, more: object = {}): TopicEvent {
  return event('progress', {topic: `job:${id}`, status: 'in_progress', attempt: 1, percent, step: 'read', message: '', ...more});
}

function row(id: string): Row {
  return list.row(id)!.peek();
}

describe('JobList', () => {
  test('shows running work first, then waiting, then ended, the newest of each first', () => {
    list.listed([
      {...JOB, id: 'a', status: 'completed'}, {...JOB, id: 'b'}, {...JOB, id: 'c', status: 'queued'}, {...JOB, id: 'd'},
    ], true);
    expect(list.order.value).toEqual(['d', 'b', 'c', 'a']);
    expect(list.counts.value).toEqual({running: 2, waiting: 1, ended: 1});
  });

  test('takes in all events of a frame at once, and moves no row for progress', () => {
    list.listed([JOB], true);
    const order = list.order.value;
    for (let percent = 11; percent < 60; percent++) {
      list.heard(progress('a', percent));
    }
    expect(frames).toHaveLength(1);
    expect(row('a').percent).toBe(10);
    frames[0]!();
    expect(row('a').percent).toBe(59);
    expect(list.order.value).toBe(order);
  });

  test('forgets a job that was deleted', () => {
    list.listed([JOB, {...JOB, id: 'b'}], true);
    list.heard(event('deleted', {topic: 'job:a', status: 'completed', attempt: 1}));
    list.flush();
    expect(list.order.value).toEqual(['b']);
    expect(strange).toBe(0);
  });

  test('keeps what only REST knows when events come', () => {
    list.listed([JOB], true);
    list.heard(progress('a', 20));
    list.flush();
    expect(row('a').payload).toEqual({title: 'Copy'});
    expect(row('a').owner).toBe(7);
    expect(row('a').steps).toEqual(['read', 'write']);
  });

  test('a listing that was asked for before an event does not take the event back', () => {
    list.listing();
    list.heard(event('completed', {topic: 'job:a', status: 'completed', attempt: 1, percent: 100, step: null, message: ''}));
    list.flush();
    list.listed([JOB], true);
    expect(row('a').status).toBe('completed');
    expect(row('a').payload).toEqual({title: 'Copy'});
  });

  test('a new job is shown at once, and the rest of it asked for', () => {
    list.heard(event('queued', {topic: 'job:n', job_type: 'copy', status: 'queued', attempt: 1, percent: 0, step: null, message: ''}));
    list.flush();
    expect(list.order.value).toEqual(['n']);
    expect(strange).toBe(1);
  });

  test('the end of a job moves it among the ended', () => {
    list.listed([{...JOB, id: 'a'}, {...JOB, id: 'b'}], true);
    list.heard(event('failed', {topic: 'job:b', status: 'failed', attempt: 1, percent: 50, step: 'read', message: '', error: {code: 'X', message: 'no'}}));
    list.flush();
    expect(list.order.value).toEqual(['a', 'b']);
    expect(row('b').error?.message).toBe('no');
  });

  test('a whole listing forgets what is not there any more, but nothing that has just been heard of', () => {
    list.listed([{...JOB, id: 'old'}, JOB], true);
    list.listing();
    list.heard(progress('new', 1));
    list.flush();
    list.listed([JOB], true);
    expect(list.order.value).toEqual(['new', 'a']);
  });

  test('a job that was deleted while it was listed stays away, until it is listed anew', () => {
    list.listing();
    list.heard(event('deleted', {topic: 'job:a'}));
    list.flush();
    list.removed('b');
    list.listed([JOB, {...JOB, id: 'b'}, {...JOB, id: 'c'}], true);
    expect(list.order.value).toEqual(['c']);
    list.listing();
    list.listed([JOB], true);
    expect(list.order.value).toEqual(['a']);
  });

  test('the first page of many forgets nothing', () => {
    list.listed([{...JOB, id: 'old'}], true);
    list.listing();
    list.listed([JOB], false);
    expect(list.order.value).toContain('old');
  });

  test('a thousand rows and ten thousand events are taken in within a few frames', () => {
    const ids = Array.from({length: 1_000}, (_, at) => `j${String(at).padStart(4, '0')}`);
    list.listed(ids.map((id) => ({...JOB, id})), true);
    for (let at = 0; at < 10_000; at++) {
      list.heard(progress(ids[at % 1_000]!, Math.min(99, 10 + at / 120)));
    }
    list.flush();
    expect(ids.every((id) => row(id).percent! > 80)).toBe(true);
  });
});

test('rows have the error and what stalls of the job', () => {
  const failed = rowOf({...JOB, status: 'failed', error_message: 'no disk', error_code: 'EXECUTION_ERROR'});
  expect(failed.error).toEqual({code: 'EXECUTION_ERROR', message: 'no disk'});
  expect(rowOf({...JOB, stalled_since: '2026-11-21T10:00:00Z'} as Job).stalled_since).toBe('2026-11-21T10:00:00Z');
});

test.each([['pending', 'waiting'], ['queued', 'waiting'], ['in_progress', 'running'], ['cancelled', 'ended']] as const)(
  'a job that is %s is %s', (status, group) => expect(groupOf(status)).toBe(group),
);

test('a search looks at title, type, step and message, in any case', () => {
  const shown = rowOf(JOB);
  expect(fits(shown, 'Nightly Copy', 'nightly')).toBe(true);
  expect(fits(shown, '', 'ONE')).toBe(true);
  expect(fits(shown, '', 'nothing like it')).toBe(false);
});
