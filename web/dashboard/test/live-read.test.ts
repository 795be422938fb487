import type {TopicEvent} from '@headway/client';
import {expect, test} from 'vitest';
import {LiveRead} from '../src/live-read.js';

/** A server's numbers: each reading waits until the test answers it. */
class Numbers {
  readonly answers: {resolve: (numbers: number[]) => void; reject: (reason: unknown) => void}[] = [];
  changes = 0;
  readonly live = new LiveRead<number[]>(
    () => new Promise((resolve, reject) => this.answers.push({resolve, reject})),
    (numbers, {type, data}) => (type === 'snapshot' ? undefined : [...new Set([...numbers, data['number'] as number])]),
    () => this.changes++);

  async answer(numbers: number[]): Promise<void> {
    this.answers.shift()!.resolve(numbers);
    await settled();
  }

  async refuse(reason: string): Promise<void> {
    this.answers.shift()!.reject(reason);
    await settled();
  }

  hear(...numbers: number[]): void {
    numbers.forEach((number) => this.live.hear(event('number', {number})));
  }
}

const event = (type: string, data: TopicEvent['data'] = {}): TopicEvent => ({topic: 'numbers', cursor: 'e-1', type, data});
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

test('what is heard while it is read is applied to what was read, before or after it', async () => {
  const numbers = new Numbers();
  numbers.live.again();
  numbers.hear(2, 3);
  await numbers.answer([1, 2]); // 2 had happened when it was read
  expect(numbers.live.state).toEqual([1, 2, 3]);
  numbers.hear(4);
  expect(numbers.live.state).toEqual([1, 2, 3, 4]);
  expect(numbers.changes).toBe(2);
});

test('a topic that begins anew while it is read: what was read is shown, and it is read once more', async () => {
  const numbers = new Numbers();
  numbers.live.again();
  numbers.live.hear(event('snapshot'));
  numbers.hear(5); // between the snapshot and the next reading, which brings it
  await numbers.answer([1]);
  expect(numbers.live.state).toEqual([1]);
  numbers.hear(6);
  await numbers.answer([1, 5]);
  expect(numbers.live.state).toEqual([1, 5, 6]);
  expect([numbers.live.reads, numbers.answers.length]).toEqual([2, 0]);
});

test('asked twice while it is read, it is read once more, not more often', async () => {
  const numbers = new Numbers();
  numbers.live.again();
  numbers.live.again();
  numbers.live.again();
  await numbers.answer([1]);
  await numbers.answer([2]);
  expect(numbers.live.state).toEqual([2]);
  expect(numbers.answers).toEqual([]);
});

test('a failure keeps what was known, and the next event or wish reads it again', async () => {
  const numbers = new Numbers();
  numbers.live.again();
  await numbers.refuse('away');
  expect([numbers.live.state, numbers.live.failure]).toEqual([undefined, 'away']);
  numbers.hear(1);
  await numbers.answer([1]);
  expect([numbers.live.state, numbers.live.failure]).toEqual([[1], undefined]);
  numbers.live.again();
  numbers.hear(2);
  await numbers.refuse('away');
  expect([numbers.live.state, numbers.live.failure]).toEqual([[1, 2], 'away']);
});

test('what is read after its end is ignored', async () => {
  const numbers = new Numbers();
  numbers.live.again();
  numbers.live.end();
  await numbers.answer([1]);
  expect([numbers.live.state, numbers.changes]).toEqual([undefined, 0]);
});
