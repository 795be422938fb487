import type {Job} from '@headway/client';
import {effect, signal} from '@preact/signals';
import {client, feedTopic} from '../session.js';
import {JobList} from './list.js';

const PAGE = 100;
/** How many jobs the list holds at most; older ones are found by their pages. */
export const MOST = 1_000;
const SOON_MS = 400;

/** How the list as a whole is doing. */
export const listing = signal<{loading: boolean; total: number}>({loading: true, total: 0});

/** The visitor's jobs; there from the first visit of a page that shows them. */
export const jobs = new JobList(
  (work) => void (document.hidden ? setTimeout(work, 250) : requestAnimationFrame(work)),
  () => refresh(false),
);

let soon: ReturnType<typeof setTimeout> | undefined;
let wantsAll = false;
let busy = false;
let visitors = 0;

/** Lists again, soon: everything, or only the newest page. What follows does not put it off. */
function refresh(all: boolean): void {
  wantsAll ||= all;
  if (all) {
    clearTimeout(soon);
    soon = undefined;
  }
  soon ??= setTimeout(() => {
    soon = undefined;
    void list();
  }, all ? 0 : SOON_MS);
}

/** One listing at a time; what is asked for during one follows it. */
async function list(): Promise<void> {
  if (busy) {
    refresh(false);
    return;
  }
  const all = wantsAll;
  const visitor = visitors;
  busy = true;
  wantsAll = false;
  jobs.listing();
  try {
    await pages(all, () => visitor === visitors);
  } catch {
    wantsAll ||= all; // the connection's state says what is wrong; its return brings a snapshot
    listing.value = {...listing.peek(), loading: false};
  } finally {
    busy = false;
  }
}

async function pages(all: boolean, wanted: () => boolean): Promise<void> {
  const found: Job[] = [];
  let next: string | null | undefined;
  do {
    const answer = await client.jobs({limit: PAGE, ...(next && {after: next})});
    if (!wanted()) {
      return;
    }
    next = answer.next;
    found.push(...answer.jobs);
    jobs.listed(answer.jobs, false);
    listing.value = {loading: all && next !== null && found.length < MOST, total: answer.total};
  } while (all && next !== null && found.length < MOST);
  jobs.listed(found, next === null);
}

/** Keeps the list up to date for as long as the visitor is this one. */
export function watchFeed(): () => void {
  return effect(() => {
    const watch = client.watch(feedTopic.value);
    const {state, topic, cursor = ''} = watch;
    if (state !== undefined) {
      jobs.heard({topic, cursor, type: 'snapshot', data: {...state}});
    }
    refresh(true);
    const end = watch.onEvent((event) => {
      jobs.heard(event);
      if (event.type === 'snapshot' && event.data['part'] !== true) {
        refresh(true);
      } else if (event.type === 'deleted') {
        refresh(false); // for the total
      }
    });
    return () => {
      end();
      watch.close();
      visitors++;
      jobs.clear();
    };
  });
}
