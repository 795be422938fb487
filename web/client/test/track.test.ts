import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest';
import {connect} from '../src/index.js';
import {TestServer} from './server/server.js';
import {Setting} from './server/setting.js';

let server: TestServer;
let setting: Setting;

beforeAll(async () => void (server = await TestServer.start()));
afterAll(() => server.stop());
beforeEach(() => void (setting = new Setting(server)));
afterEach(() => setting.close());

const ended = async (job: {begun: Promise<string | undefined>}) => setting.direct.job((await job.begun)!);

describe('track', () => {
  test('work as a function: completed with its result', async () => {
    const client = setting.client();
    const result = await client.track('Nightly import', {total: 2, tags: ['nightly']}, async (job) => {
      job.advance();
      job.advance();
      job.message('both');
      job.log('a line');
      await job.begun;
      return {rows: 2};
    });
    expect(result).toEqual({rows: 2});
    const {jobs} = await setting.direct.jobs({tag: 'nightly'});
    expect(jobs[0]).toMatchObject({name: 'Nightly import', status: 'completed', message: 'both', progress: 100});
    const {lines} = await setting.direct.logs(jobs[0]!.id);
    expect(lines.map(({text}) => text)).toEqual(['a line']);
  });

  test('work that throws: the job fails by its words, and the throw goes on', async () => {
    const tracked: {begun: Promise<string | undefined>}[] = [];
    const work = setting.client().track('odd', {}, async (job) => {
      tracked.push(job);
      throw new Error('odd row');
    });
    await expect(work).rejects.toThrow('odd row');
    expect(await ended(tracked[0]!)).toMatchObject({status: 'failed', error_message: 'odd row'});
  });

  test('steps: each is shown, and counts anew', async () => {
    const job = setting.client().track('steps', {steps: ['read', 'write']});
    job.step('read', 2);
    job.advance(2);
    job.step('write', 2);
    job.advance();
    await job.complete();
    expect(await ended(job)).toMatchObject({status: 'completed', stage: 'write'});
  });

  test('declared steps: counts fill their shares of the bar', async () => {
    const job = setting.client().track('shares', {steps: ['read', {name: 'hash', weight: 3}]});
    job.step('hash', 4);
    job.advance();
    await job.fail('enough');
    expect(await ended(job)).toMatchObject({progress: 43.75, step_weights: [1, 3]});
    const other = setting.client().track('declared later');
    other.progress({steps: ['read', {name: 'hash', weight: 3}], step: 'read', done: 1, total: 2});
    expect(() => other.progress({steps: ['a', 'a']})).toThrow(/a name of its own/);
    expect(() => other.progress({steps: [{name: 'a', weight: 0}]})).toThrow(/above 0/);
    await other.fail('enough');
    expect(await ended(other)).toMatchObject({progress: 12.5, steps: ['read', 'hash']});
  });

  test('reports go over the connection, and a cancellation comes over it', async () => {
    const calls: string[] = [];
    const client = setting.client({
      fetch: (input: RequestInfo | URL, init?: RequestInit) => {
        calls.push(String(input instanceof Request ? input.url : input));
        return fetch(input, init);
      },
    });
    const job = client.track('wire');
    const asked = new Promise((resolve) => job.signal.addEventListener('abort', resolve));
    const id = await job.begun;
    job.progress({percent: 40});
    await setting.direct.cancel(id!);
    await asked;
    await job.cancelled();
    expect(await ended(job)).toMatchObject({status: 'cancelled', progress: 40});
    expect(calls.map((url) => new URL(url).pathname)).toEqual(['/api/v1/jobs']);
  });

  test('a cancellation: the signal is aborted, and the job ends as cancelled', async () => {
    const client = setting.client();
    const job = client.track('endless');
    const asked = new Promise((resolve) => job.signal.addEventListener('abort', resolve));
    await setting.direct.cancel((await job.begun)!);
    await asked;
    await job.failed(job.signal.reason);
    expect((await ended(job)).status).toBe('cancelled');
  });

  test('a child: its parent’s bar is left alone', async () => {
    const client = setting.client();
    const outer = client.track('outer', {total: 4});
    outer.advance();
    const inner = client.track('inner', {total: 1, parent: outer});
    inner.advance();
    await inner.complete();
    await outer.complete();
    expect((await setting.direct.jobs({parent: (await outer.begun)!})).jobs.map(({id}) => id)).toEqual([inner.id]);
  });

  test('a child that ends just before its parent is shown', async () => {
    const client = setting.client();
    const outer = client.track('outer');
    const inner = client.track('inner', {parent: outer});
    await Promise.all([inner.complete(), outer.complete()]);
    expect((await ended(inner)).status).toBe('completed');
  });

  test('a result that is too large: left out and said', async () => {
    const job = setting.client().track('large');
    await job.complete('x'.repeat(1 << 21));
    expect(await ended(job)).toMatchObject({status: 'completed', result_payload: null});
    expect((await setting.direct.logs(job.id!)).lines[0]?.text).toContain('left out');
  });

  test('no server: the work goes on, and is warned of once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const alone = connect({url: 'http://127.0.0.1:9', WebSocket: null});
    const result = await alone.track('unseen', {total: 1_000}, async (job) => {
      for (let done = 0; done < 1_000; done++) {
        job.advance();
      }
      return 'done';
    });
    expect(result).toBe('done');
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1), {timeout: 60_000});
    warn.mockRestore();
    alone.close();
  });

  test('a refused job: said, and the work goes on', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const job = setting.client().track('refused', {job_type: 'no such type'});
    job.advance();
    await job.complete();
    expect(await job.begun).toBeUndefined();
    expect(warn.mock.calls[0]?.[0]).toContain('job_type');
    warn.mockRestore();
  });

  test('wrong numbers and results throw where they were given', async () => {
    const job = setting.client().track('wrong');
    expect(() => job.progress({percent: 150})).toThrow(RangeError);
    await expect(job.complete(Number.NaN)).rejects.toThrow(TypeError);
    await job.complete('fine');
    expect((await ended(job)).result_payload).toBe('fine');
  });
});
