import '../style/base.css';
import './watch.css';
import type {JobSnapshot} from '@headway/client';
import {HeadwayJobs, HeadwayProgress} from '@headway/client/element';
import {label} from '../words.js';
import {type Link, read} from './link.js';

const ANALYSIS = 'analysis:';
const ENDED = 'This link has ended';
const page = document.getElementById('watch')!;

addEventListener('hashchange', () => location.reload());
document.documentElement.classList.toggle('framed', window.top !== window);
show(read(location.hash.slice(1)));

/** Shows one job, the jobs of one tag or the plan of one analysis to whoever has the link. */
function show(link: Link | undefined): void {
  if (link === undefined) {
    say('This link is not complete', 'Copy all of it, up to its last letter, and open it again.');
    return;
  }
  if (link.topic.startsWith(ANALYSIS)) {
    location.replace(planAddress(link)); // a plan is shown by its own page
    return;
  }
  const element = link.topic.startsWith('job:') ? new HeadwayProgress() : new HeadwayJobs();
  const title = heading('');
  const named = (name: string, percent?: number | null) => {
    dress(link, element);
    title.textContent = name;
    document.title = typeof percent === 'number' && percent < 100 ? `${Math.floor(percent)} % – ${name}` : name;
  };
  element.addEventListener('headway-change', (event) => {
    const job = (event as CustomEvent<JobSnapshot>).detail;
    named(link.page.title ?? nameOf(link, job), job.percent);
  });
  element.addEventListener('headway-refused', () => {
    element.dataset['dressed'] === undefined && say(ENDED, 'Ask for a new one where you got it.');
  });
  for (const [name, value] of [['topic', link.topic], ['token', link.token], ['no-cancel', ''], ['notify', '']] as const) {
    value !== undefined && element.setAttribute(name, value);
  }
  page.append(title, element);
}

function planAddress({topic, token}: Link): string {
  return `/planner?analysis=${topic.slice(ANALYSIS.length)}${token === undefined ? '' : `#watch=${token}`}`;
}

/** The look that the link's maker gave it, once the server has accepted the link: anybody can write any claims. */
function dress(link: Link, element: HeadwayJobs | HeadwayProgress): void {
  const {accent, language, words} = link.page;
  if (element.dataset['dressed'] !== undefined) {
    return;
  }
  element.dataset['dressed'] = '';
  accent !== undefined && element.style.setProperty('--headway-accent', accent);
  document.documentElement.lang = language ?? 'en';
  element.words = {refused: ENDED, nothing: ENDED, ...words};
}

function nameOf(link: Link, job: JobSnapshot): string {
  return link.topic.startsWith('tag:') ? label(link.topic.slice(4)) : (job.name ?? label(job.job_type ?? 'Job'));
}

/** Says in place of everything else that there is nothing to see, and what to do. */
function say(what: string, remedy: string): void {
  const said = document.createElement('p');
  said.textContent = remedy;
  page.replaceChildren(heading(what), said);
}

function heading(text: string): HTMLElement {
  const head = document.createElement('h1');
  head.textContent = text;
  return head;
}
