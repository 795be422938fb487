import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Job} from '../src/index.js';
import {LeaseLostError, PermanentFailure} from '../src/index.js';
import {TestServer} from './server/server.js';
import {PATIENCE_MS, Setting, until} from './server/setting.js';

let server: TestServer;
let setting: Setting;
let count = 0;

beforeAll(async () => void (server = await TestServer.start()));
afterAll(() => server.stop());
beforeEach(() => void (setting = new Setting(server)));
afterEach(() => setting.close());

async function submitMany(n: number, more = {}): Promise<{type: string; ids: string[]}> {
  const type = `kind-${++count}`;
  const jobs = [];
  for (let i = 0; i < n; i++) {
    jobs.push(await setting.direct.submit({job_type: type, external: true, payload: {i}, ...more}));
  }
  return {type, ids: jobs.map((job) => job.id)};
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve()),
  );

test('many jobs are submitted in their order, or none', async () => {
  const one = {job_type: `many-${++count}`, external: true};
  const jobs = await setting.direct.submitAll([{...one, key: {name: one.job_type, limit: 1}}, {...one, tags: ['a']}]);
  expect(jobs.map((job) => job.tags)).toEqual([[], ['a']]);
  await expect(setting.direct.submitAll([one, {...one, priority: 900}])).rejects.toThrow('jobs[1].priority');
  expect((await setting.direct.jobs({types: [one.job_type]})).total).toBe(2);
});

test('a file is uploaded for a job, listed and downloaded', async () => {
  const {type, ids} = await submitMany(1);
  const client = setting.client();
  const job = (await client.claim({types: [type]}))!;
  const file = await job.upload('Übersicht 1.csv', new Blob(['a,b\n', '1,2\n']));
  expect(file).toMatchObject({name: 'Übersicht 1.csv', bytes: 8});
  await job.complete();
  expect(await client.files(ids[0]!)).toEqual([file]);
  expect(await (await client.download(ids[0]!, file.name)).text()).toBe('a,b\n1,2\n');
  await expect(job.upload('late', new Blob(['x']))).rejects.toThrow(LeaseLostError);
});

describe('work', () => {
  test('one job after the other, until told to stop', async () => {
    const {type, ids} = await submitMany(3);
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const job of setting.client().work({types: [type], signal: stop.signal})) {
      seen.push(job.payload['i']);
      await job.complete({square: Number(job.payload['i']) ** 2});
      if (seen.length === 3) {
        stop.abort();
      }
    }
    expect(seen).toEqual([0, 1, 2]);
    expect((await setting.direct.job(ids[2]!)).result_payload).toEqual({square: 4});
  });

  test('over one connection: what is said goes in batches, and comes back refused or taken', async () => {
    const {type, ids} = await submitMany(2, {steps: ['read', 'write']});
    const stop = new AbortController();
    const asked: string[] = [];
    const client = setting.client({
      fetch: (input, init) => (asked.push(`${init?.method ?? 'GET'} ${new URL(String(input)).pathname}`), fetch(input, init)),
    });
    const ends: Job[] = [];
    for await (const job of client.work({types: [type], signal: stop.signal})) {
      job.progress({done: 1, total: 2, step: 'write', message: 'one'});
      job.log('a line');
      await job.flush();
      const {progress, stage} = await setting.direct.job(job.id);
      expect([progress, stage]).toEqual([75, 'write']);
      ends.push(await job.complete({i: job.payload['i'] ?? null}));
      if (ends.length === 2) {
        stop.abort();
      }
    }
    expect(ends.map(({id, status, result_payload}) => [id, status, result_payload])).toEqual([
      [ids[0], 'completed', {i: 0}],
      [ids[1], 'completed', {i: 1}],
    ]);
    expect(asked).toEqual([]);
  });

  test('over HTTP where there is no WebSocket', async () => {
    const {type, ids} = await submitMany(1);
    const stop = new AbortController();
    for await (const job of setting.client({WebSocket: null}).work({types: [type], signal: stop.signal})) {
      await job.complete(1);
      stop.abort();
    }
    expect((await setting.direct.job(ids[0]!)).status).toBe('completed');
  });

  test('cut off in the middle: goes on, and nothing is lost', async () => {
    const proxy = await setting.proxy();
    const {type, ids} = await submitMany(1);
    const stop = new AbortController();
    const client = setting.client({url: proxy.url});
    for await (const job of client.work({types: [type], signal: stop.signal})) {
      job.progress({percent: 10, message: 'before'});
      await job.flush();
      proxy.cut();
      job.progress({percent: 60, message: 'after'});
      await job.flush();
      expect((await setting.direct.job(job.id)).message).toBe('after');
      await job.complete(1);
      stop.abort();
    }
    const {status, attempt} = await setting.direct.job(ids[0]!);
    expect([status, attempt]).toEqual(['completed', 1]);
  });

  test('an attempt goes on from the checkpoint of the one before', async () => {
    const retry = {first_seconds: 0, max_seconds: 0};
    const {type, ids} = await submitMany(1, {max_attempts: 2, retry});
    const stop = new AbortController();
    const begun: unknown[] = [];
    await setting.client().serve(
      async (job) => {
        begun.push([job.checkpoint, (await setting.direct.job(job.id)).progress]);
        const from = (job.checkpoint as {page: number} | undefined)?.page ?? 0;
        for (let page = from; page < 10; page++) {
          if (page === 5 && job.attempt === 1) {
            throw new Error('the disk is gone');
          }
          job.progress({done: page + 1, total: 10, checkpoint: {page: page + 1}});
        }
        stop.abort();
      },
      {types: [type], signal: stop.signal},
    );
    expect(begun).toEqual([
      [undefined, 0],
      [{page: 5}, 50],
    ]);
    expect((await setting.direct.job(ids[0]!)).status).toBe('completed');
  });

  test('a checkpoint that is too large: said where it was given', async () => {
    const {work} = await setting.job();
    expect(() => work.progress({checkpoint: 'x'.repeat(65_535)})).toThrow('65537 bytes; at most 65536');
    work.progress({checkpoint: 'x'.repeat(65_534)});
    await work.complete();
  });

  test('waits for a job that comes later', async () => {
    const type = `late-${++count}`;
    const claim = setting.client().claim({types: [type], waitSeconds: 20});
    const submitted = await setting.direct.submit({job_type: type, external: true});
    const job = await claim;
    expect(job?.id).toBe(submitted.id);
    await job?.complete();
  });

  test('no job: undefined', async () => {
    expect(await setting.client().claim({types: ['never']})).toBeUndefined();
  });

  test('left without an end: failed', async () => {
    const {type, ids} = await submitMany(1);
    const stop = new AbortController();
    for await (const _ of setting.client().work({types: [type], signal: stop.signal})) {
      stop.abort();
    }
    const job = await setting.direct.job(ids[0]!);
    expect(job.status).toBe('failed');
    expect(job.error_message).toContain('without an end');
  });

  test('body throws: queued again for another worker', async () => {
    const {type, ids} = await submitMany(1, {max_attempts: 2});
    const work = async () => {
      for await (const _ of setting.client().work({types: [type]})) {
        throw new Error('broken');
      }
    };
    await expect(work()).rejects.toThrow('broken');
    expect(await setting.direct.job(ids[0]!)).toMatchObject({status: 'queued', attempt: 2});
  });
});

describe('serve', () => {
  test('result completes, throw fails, several at once', async () => {
    const {type, ids} = await submitMany(4);
    const stop = new AbortController();
    const served = setting.client().serve(
      (job) => {
        if (job.payload['i'] === 1) {
          throw new Error('odd');
        }
        return {i: job.payload['i']!};
      },
      {types: [type], concurrency: 2, signal: stop.signal},
    );
    const ends = await Promise.all(ids.map((id) => setting.direct.watch(`job:${id}`).end()));
    stop.abort();
    await served;
    expect(ends.map((end) => end.status)).toEqual(['completed', 'failed', 'completed', 'completed']);
    expect(ends[1]?.error?.message).toBe('odd');
  });

  test('throw: another attempt follows, unless the failure is permanent', async () => {
    const {type, ids} = await submitMany(2, {max_attempts: 2});
    const stop = new AbortController();
    const attempts: number[] = [];
    const served = setting.client().serve(
      (job) => {
        attempts.push(job.payload['i'] as number);
        throw job.payload['i'] === 0 ? new Error('again') : new PermanentFailure('never');
      },
      {types: [type], signal: stop.signal},
    );
    const ends = await Promise.all(ids.map((id) => setting.direct.watch(id).end()));
    stop.abort();
    await served;
    expect(ends.map((end) => [end.status, end.error?.message])).toEqual([['failed', 'again'], ['failed', 'never']]);
    expect(attempts.sort()).toEqual([0, 0, 1]);
  });

  test('cancelled: the signal tells, and the job ends as cancelled', async () => {
    const {type, ids} = await submitMany(1);
    const stop = new AbortController();
    const served = setting.client().serve((job) => aborted(job.signal).then(() => job.signal.throwIfAborted()), {
      types: [type],
      signal: stop.signal,
    });
    const watch = setting.direct.watch(`job:${ids[0]}`);
    await until(watch, () => (watch.state as {status?: string})?.status === 'in_progress');
    await setting.direct.cancel(watch.topic);
    expect((await watch.end()).status).toBe('cancelled');
    stop.abort();
    await served;
  });
});

describe('reports', () => {
  test('a thousand reports: few requests, the last one is sent', async () => {
    let requests = 0;
    const counting: typeof fetch = (input, init) => {
      requests += String(input).endsWith('/progress') ? 1 : 0;
      return fetch(input, init);
    };
    const {type} = await submitMany(1);
    const job = await setting.client({fetch: counting}).claim({types: [type]});
    for (let done = 1; done <= 1_000; done++) {
      job!.progress({done, total: 1_000, message: `${done} of 1000`});
    }
    await job!.flush();
    const {progress, message} = await setting.direct.job(job!.id);
    expect({progress, message}).toEqual({progress: 100, message: '1000 of 1000'});
    expect(requests).toBeLessThan(5);
    await job!.complete();
  });

  test('no report at all: the lease is renewed', async () => {
    const {type} = await submitMany(1, {max_attempts: 1});
    let calls = 0;
    const counting: typeof fetch = (input, init) => (calls++, fetch(input, init));
    const job = await setting.client({fetch: counting}).claim({types: [type], leaseSeconds: 6});
    const watch = setting.direct.watch(`job:${job!.id}`);
    const events: string[] = [];
    watch.onEvent((event) => events.push(event.type));
    const renewals = calls + 4; // one each two seconds: the first lease has run out by then
    await expect.poll(() => calls, {timeout: PATIENCE_MS}).toBeGreaterThanOrEqual(renewals);
    await job!.complete('alive');
    expect((await watch.end()).result).toBe('alive');
    expect(events).not.toContain('stalled');
  });

  test('stale lease: the signal is aborted and the end is refused', async () => {
    const proxy = await setting.proxy();
    const {type} = await submitMany(1, {max_attempts: 2});
    const job = await setting.client({url: proxy.url}).claim({types: [type], leaseSeconds: 1});
    proxy.goDown();
    const second = await setting.direct.claim({types: [type], waitSeconds: 20});
    expect(second?.attempt).toBe(2);
    proxy.comeBack();
    await aborted(job!.signal);
    expect(job!.signal.reason).toBeInstanceOf(LeaseLostError);
    await expect(job!.complete()).rejects.toMatchObject({code: 'LEASE_LOST', status: 409});
    await second!.complete('second');
    expect((await setting.direct.job(job!.id)).result_payload).toBe('second');
  });

  test('server away at the end: the end gets through', async () => {
    const proxy = await setting.proxy();
    const {type} = await submitMany(1);
    const job = await setting.client({url: proxy.url}).claim({types: [type]});
    proxy.goDown();
    job!.progress({percent: 50});
    job!.log('still here');
    const end: Promise<Job> = job!.complete({n: 1});
    proxy.comeBack();
    expect((await end).result_payload).toEqual({n: 1});
    expect((await setting.direct.logs(job!.id)).lines[0]?.text).toBe('still here');
  });

  test('a report that cannot be sent: throws where it was given, and the lease is kept', async () => {
    const {type} = await submitMany(1);
    const job = await setting.client().claim({types: [type], leaseSeconds: 2});
    const circle: {[key: string]: never} = {};
    circle['self'] = circle as never;
    expect(() => job!.progress({percent: NaN})).toThrow(TypeError);
    expect(() => job!.progress({percent: 150})).toThrow(RangeError);
    expect(() => job!.progress({done: 5, total: 4})).toThrow(RangeError);
    expect(() => job!.progress({done: 5})).toThrow(RangeError);
    expect(() => job!.progress({metadata: {n: 1n as never}})).toThrow('JSON has no bigint');
    expect(() => job!.progress({metadata: circle})).toThrow(TypeError);
    await expect(job!.complete({n: Infinity})).rejects.toThrow('JSON has no Infinity');
    job!.progress({percent: 50, message: 'goes on'});
    await job!.flush();
    expect(await setting.direct.job(job!.id)).toMatchObject({status: 'in_progress', message: 'goes on'});
    await job!.complete();
  });

  test('a result that is too large: said at once with the way out, and the job goes on', async () => {
    const {type} = await submitMany(1);
    const job = await setting.client().claim({types: [type]});
    const answer = job!.complete('x'.repeat(1 << 21));
    await expect(answer).rejects.toMatchObject({status: 413, message: expect.stringContaining('store it elsewhere')});
    job!.progress({percent: 90});
    expect((await job!.complete({file: 'big.bin'})).result_payload).toEqual({file: 'big.bin'});
  });

  test('log lines that are refused: a line in their place says so', async () => {
    const {type} = await submitMany(1);
    const refusing: typeof fetch = async (input, init) =>
      String(init?.body).includes('poison')
        ? new Response('{"detail":"no such line","code":"VALIDATION_ERROR"}', {status: 422})
        : fetch(input, init);
    const job = await setting.client({fetch: refusing}).claim({types: [type]});
    job!.log(...Array.from({length: 600}, () => 'x'.repeat(5_000)));
    await job!.flush();
    job!.log('poison', 'beside it');
    await job!.complete();
    const lines = (await setting.direct.logs(job!.id, 600)).lines.map((line) => line.text);
    expect(lines).toEqual(['[headway] 2 lines were refused here: no such line']);
  });

  test('wrong values: all of them named, the job goes on', async () => {
    const answer = setting.direct.submit({job_type: 'x y', priority: 1_000});
    await expect(answer).rejects.toMatchObject({status: 422, code: 'VALIDATION_ERROR'});
    const failure = await answer.catch((error) => error);
    expect(failure.errors.map((defect: {field: string}) => defect.field).sort()).toEqual([
      'job_type',
      'priority',
    ]);
  });
});
