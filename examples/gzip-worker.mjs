#!/usr/bin/env node
// A worker that compresses files.
//
//     node examples/gzip-worker.mjs              works until it is interrupted
//     node examples/gzip-worker.mjs FILE...      submits a job for these files, does it and ends
//
// Needs ./build (or npm run build in web/) to have been run once.

import {createReadStream, createWriteStream} from 'node:fs';
import {stat} from 'node:fs/promises';
import {resolve} from 'node:path';
import {Transform} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {createGzip} from 'node:zlib';
import {connect} from '../web/client/dist/index.js';

const client = connect({url: process.env.HEADWAY_URL, token: process.env.HEADWAY_TOKEN});

async function compress(job) {
  // Where an earlier attempt was killed, this one goes on behind the last file that it had done.
  const {results, total, ...state} = job.checkpoint ?? {results: {}, done: 0, total: await size(job.payload.paths)};
  let {done} = state;
  for (const path of job.payload.paths.filter((path) => !(`${path}.gz` in results))) {
    const counted = new Transform({
      transform(chunk, _, next) {
        done = Math.min(total, done + chunk.length);
        job.progress({done, total, message: path});
        next(null, chunk);
      },
    });
    const out = `${path}.gz`;
    // The signal stops the work when the job is cancelled or lost; serve() then ends it rightly.
    await pipeline(createReadStream(path), counted, createGzip(), createWriteStream(out), {
      signal: job.signal,
    });
    results[out] = (await stat(out)).size;
    job.log(`${out}: ${results[out]} bytes`);
    job.progress({message: `${path} is done`, checkpoint: {results: {...results}, done, total}});
  }
  return results;
}

async function size(paths) {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return Math.max(1, sizes.reduce((sum, size) => sum + size, 0));
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
const leaseSeconds = Number(process.env.HEADWAY_LEASE_SECONDS ?? 30); // without a sign of life
const options = {types: ['gzip-files'], leaseSeconds, signal: stop.signal};
const paths = process.argv.slice(2).map((path) => resolve(path));

async function work() {
  if (paths.length === 0) {
    console.log('waiting for jobs of type gzip-files; Ctrl-C ends');
    return client.serve(compress, options);
  }
  const job = await client.submit({job_type: 'gzip-files', payload: {paths}, external: true});
  const served = client.serve(compress, options);
  for await (const event of client.watch(job.watch.stream, {after: job.cursor})) {
    const {percent, message, result, error} = event.data;
    console.log(`${event.type} ${percent ?? '?'} % ${message ?? ''}`, result ?? error ?? '');
  }
  stop.abort();
  await served;
}

try {
  await work();
} catch (failure) {
  console.error(failure.message);
  process.exitCode = 1;
}
client.close();
