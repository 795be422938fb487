import {expect, test} from 'vitest';
import {placeWords} from '../src/jobs/place.js';

const NOW = Date.parse('2026-11-30T08:00:00Z');

test('a waiting job says how many are before it, and until when', () => {
  const job = {status: 'queued', queue_position: 3, expected_start: '2026-11-30T08:00:30Z'};
  expect(placeWords(job, NOW)).toBe('2 jobs before it, about 30 s until it begins');
  expect(placeWords({...job, queue_position: 2, expected_start: null}, NOW)).toBe('1 job before it');
  expect(placeWords({...job, queue_position: 1, expected_start: '2026-11-30T08:00:00Z'}, NOW)).toBe('next in its queue');
});

test('a planned job says when it begins; one whose place is unknown says nothing', () => {
  expect(placeWords({status: 'queued', run_at: '2026-12-01T08:00:00Z'}, NOW)).toMatch(/^begins .*2026.* at the earliest$/);
  expect(placeWords({status: 'queued', run_at: null, queue_position: null}, NOW)).toBe('');
  expect(placeWords({status: 'in_progress', queue_position: 1}, NOW)).toBe('');
});
