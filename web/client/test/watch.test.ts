import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {JobSnapshot, TopicEvent, Watch} from '../src/index.js';
import {TestServer} from './server/server.js';
import {Setting, until} from './server/setting.js';

let server: TestServer;
let setting: Setting;

beforeAll(async () => void (server = await TestServer.start()));
afterAll(() => server.stop());
beforeEach(() => void (setting = new Setting(server)));
afterEach(() => setting.close());

const state = (watch: Watch) => watch.state as JobSnapshot | undefined;

/** All that a watch hands out, to its end. */
async function all(watch: Watch): Promise<TopicEvent[]> {
  const events: TopicEvent[] = [];
  for await (const event of watch) {
    events.push(event);
  }
  return events;
}

describe('watch', () => {
  test('running job: snapshot, progress, end with the result', async () => {
    const {submitted, work} = await setting.job({steps: ['read', 'write']});
    const watch = setting.client().watch(submitted.watch.stream);
    await until(watch, () => watch.state !== undefined);
    expect(state(watch)?.steps).toEqual(['read', 'write']);
    work.progress({done: 3, total: 4, step: 'read', message: '3 of 4'});
    await until(watch, () => state(watch)?.percent === 37.5);
    expect(state(watch)).toMatchObject({step: 'read', message: '3 of 4', status: 'in_progress'});
    await work.complete({sha: 'ab'});
    const end = await watch.end();
    expect(end).toMatchObject({status: 'completed', result: {sha: 'ab'}, percent: 100});
    expect(end.steps).toEqual(['read', 'write']);
    expect(end.completed_at).toMatch(/Z$/);
  });

  test('from the cursor of the 202: every event from the very beginning', async () => {
    const {submitted, work} = await setting.job();
    await work.complete('done');
    const watch = setting.client().watch(submitted.watch.stream, {after: submitted.cursor});
    const types = (await all(watch)).map((event) => event.type);
    expect(types).toEqual(['queued', 'started', 'completed']);
  });

  test('ended job: its end at once', async () => {
    const {submitted, work} = await setting.job();
    await work.fail(new Error('No such file'));
    const end = await setting.client().watch(submitted.watch.stream).end();
    expect(end).toMatchObject({status: 'failed', error: {message: 'No such file'}});
  });

  test('unknown topic: refused, and the loop throws', async () => {
    const watch = setting.client().watch('job:00000000-0000-7000-8000-000000000000');
    await expect(watch.end()).rejects.toMatchObject({code: 'NOT_FOUND', status: 404});
    await expect(all(watch)).rejects.toMatchObject({code: 'NOT_FOUND'});
  });

  test("a job's id stands for its topic; what is no topic is refused, with and without a WebSocket", async () => {
    const {submitted, work} = await setting.job();
    await work.complete();
    for (const client of [setting.client(), setting.client({WebSocket: null})]) {
      expect((await client.watch(submitted.id).end()).status).toBe('completed');
      await expect(client.watch('no topic').end()).rejects.toMatchObject({status: 404});
      await expect(client.watch('schedule:no such').end()).rejects.toMatchObject({status: 404});
    }
  });

  test('two watches of a topic share it, and the later one has the state at once', async () => {
    const {submitted, work} = await setting.job();
    const client = setting.client();
    const first = client.watch(submitted.watch.stream);
    await until(first, () => first.state !== undefined);
    const second = client.watch(submitted.watch.stream);
    expect(second.state).toBe(first.state);
    first.close();
    await work.complete();
    expect((await second.end()).status).toBe('completed');
    expect(first.connection).toBe('closed');
  });

  test('log lines come to whoever asks for them, also when asked later', async () => {
    const {submitted, work} = await setting.job();
    const client = setting.client();
    const plain = client.watch(submitted.watch.stream);
    await until(plain, () => plain.state !== undefined);
    const lines: unknown[] = [];
    const logs = client.watch(submitted.watch.stream, {logs: true});
    logs.onEvent((event) => event.type === 'log' && lines.push(event.data['text']));
    await setting.direct.logs(submitted.id);
    await until(logs, () => client.connection === 'live');
    work.log('one', 'two');
    await work.flush();
    await work.complete();
    await Promise.all([logs.end(), plain.end()]);
    expect(lines).toEqual(['one', 'two']);
    expect((await client.logs(submitted.id)).lines.map((line) => line.text)).toEqual(['one', 'two']);
  });

  test('cancel: requested, then the work stops, then it is too late', async () => {
    const {submitted, work} = await setting.job();
    const client = setting.client();
    const watch = client.watch(submitted.watch.stream);
    expect(await client.cancel(watch.topic)).toBe('requested');
    await until(watch, () => state(watch)?.cancel_requested === true);
    await new Promise<void>((stopped) =>
      work.signal.aborted ? stopped() : work.signal.addEventListener('abort', () => stopped()),
    );
    expect(work.cancelRequested).toBe(true);
    await work.cancelled();
    expect((await watch.end()).status).toBe('cancelled');
    expect(await client.cancel(watch.topic)).toBe('too_late');
  });

  test('a lost attempt starts over at nothing', async () => {
    const {submitted, work} = await setting.job({max_attempts: 2});
    const watch = setting.client().watch(submitted.watch.stream);
    work.progress({percent: 40});
    await until(watch, () => state(watch)?.percent === 40);
    await work.fail('Disk full', {retryable: true});
    await until(watch, () => state(watch)?.attempt === 2);
    expect(state(watch)).toMatchObject({status: 'queued', percent: 0});
    expect(watch.ended).toBe(false);
  });

  test('a hundred topics over one connection', async () => {
    const jobs = await Promise.all(
      Array.from({length: 100}, () => setting.direct.submit({job_type: 'many', external: true})),
    );
    const proxy = await setting.proxy();
    const client = setting.client({url: proxy.url});
    const watches = jobs.map((job) => client.watch(job.watch.stream));
    await Promise.all(watches.map((watch) => until(watch, () => watch.state !== undefined)));
    expect(proxy.upgrades).toBe(1);
    await Promise.all(jobs.map((job) => setting.direct.cancel(job.id)));
    const ends = await Promise.all(watches.map((watch) => watch.end()));
    expect(ends.every((end) => end.status === 'cancelled')).toBe(true);
  });
});
