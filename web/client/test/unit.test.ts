import {describe, expect, test} from 'vitest';
import {Backoff} from '../src/backoff.js';
import {HeadwayError} from '../src/error.js';
import {OutputText} from '../src/output.js';
import {advice} from '../src/stream/advice.js';
import {lines} from '../src/stream/lines.js';
import {reduce} from '../src/stream/reduce.js';
import {identity} from '../src/token.js';
import {Topic} from '../src/stream/topic.js';
import {Reports, type Progress} from '../src/work/reports.js';
import {etaWords, statusWord} from '../src/words.js';

describe('backoff', () => {
  test('spreads over the window, doubles, and is never below it or above 30 s', () => {
    const high = new Backoff(() => 0.999_999);
    high.window = {min_ms: 200, max_ms: 5_000};
    const most = Array.from({length: 6}, () => Math.round(high.next()));
    expect(most).toEqual([5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
    const low = new Backoff(() => 0);
    low.window = {min_ms: 200, max_ms: 5_000};
    expect([low.next(), low.next()]).toEqual([200, 200]);
  });

  test('begins anew after a reset', () => {
    const backoff = new Backoff(() => 1);
    backoff.window = {min_ms: 0, max_ms: 1_000};
    backoff.penalize();
    expect(backoff.next()).toBe(4_000);
    backoff.reset();
    expect(backoff.next()).toBe(1_000);
  });
});

describe('an open output', () => {
  const piece = (number: number, text: string) => ({number, at: '', stream: 'answer', text});
  const event = (number: number, text: string) =>
    ({topic: 'job:1', cursor: 'c', type: 'log', data: piece(number, text) as unknown as {[key: string]: unknown}});
  const snapshot = {topic: 'job:1', cursor: 'c', type: 'snapshot', data: {}};

  test('pieces that come while the earlier ones are read are put after them, each once', async () => {
    const pages = [[piece(1, 'a'), piece(3, 'b')], [piece(4, 'c')], []];
    const changes: string[] = [];
    const output: OutputText = new OutputText(
      'answer',
      async (after) => {
        output.take(event(4, 'c'));
        output.take(event(6, 'd'));
        const lines = pages.shift() ?? [];
        return {lines, last_number: lines.at(-1)?.number ?? after};
      },
      () => changes.push(output.text),
    );
    output.take(snapshot);
    await expect.poll(() => output.text).toBe('abcd');
    output.take({...event(7, 'x'), data: {...event(7, 'x').data, stream: 'log'}});
    output.take(event(8, 'e'));
    expect(output.text).toBe('abcde');
    expect(changes.at(-1)).toBe('abcde');
  });

  test('what cannot be read leaves what comes', async () => {
    const output: OutputText = new OutputText('answer', () => Promise.reject(new Error('away')), () => {});
    output.take(snapshot);
    output.take(event(1, 'a'));
    await expect.poll(() => output.text).toBe('a');
  });
});

test('advice of every close code of the contract', () => {
  const codes = [1000, 1001, 1006, 1008, 1012, 1013, 4401, 4403, 4408, 4410, 4429];
  expect(codes.map(advice)).toEqual([
    'reconnect',
    'reconnect',
    'reconnect',
    'back off',
    'reconnect',
    'back off',
    'token',
    'token',
    'token',
    'token',
    'resume',
  ]);
});

test('lines are put together from pieces, a cut character included', async () => {
  const bytes = new TextEncoder().encode('data: é\r\n\ndata: two\nrest');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      bytes.forEach((byte) => controller.enqueue(Uint8Array.of(byte)));
      controller.close();
    },
  });
  const read: string[] = [];
  for await (const line of lines(body)) {
    read.push(line);
  }
  expect(read).toEqual(['data: é', '', 'data: two']);
});

describe('reduce', () => {
  const event = (type: string, data: object, topic = 'job:1') => ({
    topic,
    cursor: 'a-1',
    type,
    at: '2026-01-01T00:00:00.000Z',
    data: data as {[key: string]: unknown},
  });

  test('what only the newest event says passes with it', () => {
    const first = reduce(undefined, event('snapshot', {status: 'in_progress', stalled_since: 'x', owner: 7}));
    const next = reduce(first, event('progress', {status: 'in_progress', percent: 5, message: 'm'}));
    expect(next).toMatchObject({percent: 5, owner: 7, step: null, eta: null});
    expect(next).not.toHaveProperty('stalled_since');
  });

  test.each(['user:1', 'tag:nightly'])('the feed %s follows each of its jobs and takes up new ones', (feed) => {
    const topic = new Topic(feed, undefined, false);
    const job = (n: number, status = 'queued') => ({topic: `job:${n}`, status});
    topic.apply(event('snapshot', {jobs: [job(1)]}, feed));
    topic.apply(event('snapshot', {jobs: [job(2)]}, feed));
    topic.apply(event('completed', job(2, 'completed'), feed));
    topic.apply(event('queued', job(3), feed));
    const jobs = (topic.state as {jobs: {topic: string; status: string}[]}).jobs;
    expect(jobs.map(({topic: name, status}) => `${name} ${status}`)).toEqual([
      'job:3 queued',
      'job:1 queued',
      'job:2 completed',
    ]);
    expect(topic.ended).toBe(false);
    topic.apply(event('deleted', job(1), feed));
    expect((topic.state as {jobs: object[]}).jobs).toHaveLength(2);
  });
});

describe('reports', () => {
  test('a temporary failure loses nothing, and newer reports take the place of older ones', async () => {
    const sent: Progress[] = [];
    let failures = 1;
    const send = async (report: Progress) => {
      if (failures-- > 0) {
        throw new HeadwayError(503, {detail: 'leaving'}, 1);
      }
      sent.push(report);
    };
    const reports = new Reports(send, () => {}, 30_000);
    reports.add({percent: 1, message: 'a'});
    reports.add({done: 2, total: 4});
    await reports.flush();
    reports.add({step: 'next', percent: 60});
    await reports.flush();
    reports.stop();
    expect(sent).toEqual([
      {message: 'a', done: 2, total: 4},
      {step: 'next', percent: 60},
    ]);
  });
});

test('identity: the same for all tokens of one user with the same rights', () => {
  const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
  const user = identity(jwt({sub: '7', role: 'user', exp: 1, email: 'ü@example.org'}));
  expect(identity(jwt({sub: '7', role: 'user', exp: 2}))).toBe(user);
  expect(identity(jwt({sub: '8', role: 'user', exp: 1}))).not.toBe(user);
  expect(identity(jwt({sub: '7', role: 'user', topics: ['job:1']}))).not.toBe(user);
  expect(identity('hw_key')).toBe('hw_key');
  expect(identity(undefined)).toBe('');
});

test('words for people', () => {
  const eta = (seconds: number) => etaWords({seconds, low: 0, high: 0});
  expect([0, 42.2, 300, 9_000].map(eta)).toEqual([
    'almost done',
    'about 43 s left',
    'about 5 min left',
    'about 3 h left',
  ]);
  const german = {words: {left: 'noch {time}', running: 'Läuft'}, language: 'de'};
  expect(etaWords({seconds: 300, low: 0, high: 0}, german)).toBe('noch 5 Min.');
  const state = {status: 'in_progress' as const, attempt: 1, percent: 1, step: null, message: null, eta: null};
  expect(statusWord({...state, cancel_requested: true})).toBe('Stopping');
  expect(statusWord({...state, stalled_since: 'x'})).toBe('Stalled');
  expect([statusWord(state, german), statusWord({...state, status: 'queued'}, german)]).toEqual(['Läuft', 'Waiting']);
});
