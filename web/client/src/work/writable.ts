import type {Step} from '../api.js';
import type {Progress} from './reports.js';

/**
 * Checks that JSON can hold a value, so that a wrong one fails where it was given.
 *
 * @throws TypeError for numbers that are not finite, bigints, functions, symbols and circles
 */
export function checkWritable(name: string, value: unknown): void {
  JSON.stringify(value, (key, part: unknown) => {
    const where = key === '' ? name : `${name}, at ${key}`;
    if (typeof part === 'number' && !Number.isFinite(part)) {
      throw new TypeError(`${where}: JSON has no ${part}`);
    }
    if (['bigint', 'function', 'symbol'].includes(typeof part)) {
      throw new TypeError(`${where}: JSON has no ${typeof part}`);
    }
    return part;
  });
}

const OUTPUT = /^[a-z][a-z0-9_.-]{0,39}$/;
const LINE_STREAMS = ['stdout', 'stderr', 'log'];

/**
 * Checks the name of an output.
 *
 * @throws RangeError when it cannot be one
 */
export function checkOutput(name: string): void {
  if (!OUTPUT.test(name) || LINE_STREAMS.includes(name)) {
    throw new RangeError(`The name (${name}) of an output must match ${OUTPUT.source}, and is none of ${LINE_STREAMS.join(', ')}`);
  }
}

const CHECKPOINT_BYTES = 65_536;
const MOST_WEIGHT = 1_000_000;

/**
 * Checks a report for what the server would refuse.
 *
 * @throws RangeError when its numbers are wrong, TypeError when JSON cannot hold it
 */
export function checkReport(report: Progress): void {
  checkWritable('The report', report);
  const {percent, done, total, checkpoint} = report;
  const size = checkpoint === undefined ? 0 : new TextEncoder().encode(JSON.stringify(checkpoint)).length;
  if (size > CHECKPOINT_BYTES) {
    throw new RangeError(
      `checkpoint has ${size} bytes; at most ${CHECKPOINT_BYTES} are kept. Store it elsewhere and keep its address`,
    );
  }
  if (percent !== undefined && !(percent >= 0 && percent <= 100)) {
    throw new RangeError(`percent (${percent}) must be from 0 to 100`);
  }
  if ((done === undefined) !== (total === undefined)) {
    throw new RangeError(`done (${done}) and total (${total}) must come together`);
  }
  if (done !== undefined && total !== undefined && !(total > 0 && done >= 0 && done <= total)) {
    throw new RangeError(`done (${done}) must be from 0 to total (${total}), which must be above 0`);
  }
  checkSteps(report.steps ?? []);
}

function checkSteps(steps: Step[]): void {
  const names = steps.map((step) => (typeof step === 'string' ? step : step.name));
  for (const step of steps) {
    if (typeof step !== 'string' && step.weight !== undefined && !(step.weight > 0 && step.weight <= MOST_WEIGHT)) {
      throw new RangeError(`The weight (${step.weight}) of step ${step.name} must be above 0 and at most 1,000,000`);
    }
  }
  if (new Set(names).size < names.length || names.some((name) => name.length < 1 || name.length > 100)) {
    throw new RangeError(`Each step needs a name of its own, of 1 to 100 characters: ${names.join(', ')}`);
  }
}
