import {type ChildProcess, spawn} from 'node:child_process';
import {createServer, type AddressInfo} from 'node:net';
import {createInterface} from 'node:readline';
import {type Job as Bull, type Processor, Queue, UnrecoverableError, Worker} from 'bullmq';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi} from 'vitest';
import {showQueue, showWorker} from '../src/bullmq.js';
import type {Job} from '../src/index.js';
import {TestServer} from './server/server.js';
import {PATIENCE_MS, Setting} from './server/setting.js';

let server: TestServer;
let redis: ChildProcess;
let connection: {host: string; port: number};
let setting: Setting;
let queue: Queue;
let worker: Worker;
let number = 0;

beforeAll(async () => {
  server = await TestServer.start();
  connection = {host: '127.0.0.1', port: await freePort()};
  redis = spawn('redis-server', ['--port', String(connection.port), '--bind', '127.0.0.1', '--save', '']);
  for await (const line of createInterface({input: redis.stdout!})) {
    if (line.includes('Ready to accept')) {
      break;
    }
  }
});

afterAll(async () => {
  redis.kill('SIGKILL');
  await server.stop();
});

beforeEach(() => {
  setting = new Setting(server);
  queue = new Queue(`photos-${++number}`, {connection});
  showQueue(queue, setting.direct);
});

afterEach(async () => {
  await worker.close(true);
  await queue.close();
  setting.close();
});

function works(processor: Processor): void {
  worker = new Worker(queue.name, processor, {connection});
  showWorker(worker, setting.direct);
}

/** The job of Headway for one of BullMQ's, at its end. */
async function ended(job: Bull): Promise<Job> {
  const id = await shown(job);
  const watch = setting.client().watch(id);
  await watch.end();
  return setting.direct.job(id);
}

/** The id of the job that stands for one of BullMQ's, once it is there. */
function shown(job: Bull): Promise<string> {
  return vi.waitFor(async () => {
    const {jobs} = await setting.direct.jobs({queue: `bullmq.${queue.name}.${job.id}`});
    return jobs[0]!.id;
  }, PATIENCE_MS);
}

describe('BullMQ', () => {
  test('a job: its progress, and its result', async () => {
    works(async (job) => {
      await job.updateProgress({done: 1, total: 4, message: 'photo 1'});
      return {photos: 4};
    });
    const job = await ended(await queue.add('resize', {}));
    expect(job).toMatchObject({
      status: 'completed', name: `${queue.name}: resize`, message: 'photo 1', result_payload: {photos: 4},
    });
  });

  test('a job that waits is shown before anybody works on it', async () => {
    works(async () => 'done');
    await worker.pause();
    const job = await queue.add('later', {});
    expect((await setting.direct.job(await shown(job))).status).toBe('queued');
    worker.resume();
    expect((await ended(job)).status).toBe('completed');
  });

  test('a job that is tried again: one job with attempts', async () => {
    works(async (job) => {
      if (job.attemptsMade < 2) {
        throw new Error('printer away');
      }
      return job.attemptsMade;
    });
    const job = await ended(await queue.add('flaky', {}, {attempts: 3}));
    expect(job).toMatchObject({status: 'completed', attempt: 3, result_payload: 2});
  });

  test('a job that cannot be tried again: failed by its words', async () => {
    works(async () => {
      throw new UnrecoverableError('no such photo');
    });
    const job = await ended(await queue.add('broken', {}, {attempts: 3}));
    expect(job).toMatchObject({status: 'failed', error_message: 'no such photo', attempt: 1});
  });

  test('a job that is cancelled in Headway: its signal is aborted', async () => {
    works(
      (job, _token, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new UnrecoverableError('stopped')));
          void shown(job).then((id) => cancelOnceRunning(id));
        }),
    );
    expect((await ended(await queue.add('endless', {}))).status).toBe('cancelled');
  });
});

/** It is claimed a moment after the worker has begun. */
async function cancelOnceRunning(id: string): Promise<void> {
  await vi.waitFor(async () => expect((await setting.direct.job(id)).status).toBe('in_progress'), PATIENCE_MS);
  await setting.direct.cancel(id);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const one = createServer().listen(0, '127.0.0.1', () => {
      const {port} = one.address() as AddressInfo;
      one.close(() => resolve(port));
    });
  });
}
