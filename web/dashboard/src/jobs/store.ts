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

let soon: ReturnType<typeof setTimeout> | undefined;

/** The visitor's jobs; there from the first visit of a page that shows them. */
export const jobs = new JobList(
  (work) => void (document.hidden ? setTimeout(work, 250) : requestAnimationFrame(work)),
  () => refresh(false),
);

/** Lists again, soon: everything, or only the newest page. */
function refresh(all: boolean): void {
  clearTimeout(soon);
  wantsAll ||= all;
  soon = setTimeout(() => void list(), all ? 0 : SOON_MS);
}

let wantsAll = false;
let round = 0;

async function list(): Promise<void> {
  const mine = ++round;
  const all = wantsAll;
  wantsAll = false;
  jobs.listing();
  try {
    const found: Job[] = [];
    let total = 1;
    for (let page = 1; found.length < Math.min(total, all ? MOST : PAGE); page++) {
      const answer = await client.jobs({page, limit: PAGE});
      if (mine !== round) {
        wantsAll ||= all;
        return;
      }
      total = answer.total;
      found.push(...answer.jobs);
      if (answer.jobs.length === 0) {
        break;
      }
      jobs.listed(answer.jobs, false);
      listing.value = {loading: all && found.length < Math.min(total, MOST), total};
    }
    jobs.listed(found, found.length >= total);
    listing.value = {loading: false, total};
  } catch {
    wantsAll ||= all; // the connection's state says what is wrong; its return brings a snapshot
    listing.value = {...listing.peek(), loading: false};
  }
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
      jobs.clear();
    };
  });
}
