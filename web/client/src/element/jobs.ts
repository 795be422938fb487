import type {FeedSnapshot, JobSnapshot} from '../api.js';
import {isEnd} from '../stream/reduce.js';
import {statusWord, WORDS} from '../words.js';
import {Bar, nameOf} from './bar.js';
import {WatchingElement} from './watching.js';

const MARKUP = `
<div part="jobs" class="jobs" role="list"></div>
<div part="actions" class="row actions"><span part="empty" class="empty"></span><span part="connection" class="connection" hidden></span>
<button part="notify" class="notify" type="button" hidden></button></div>
<div class="spoken" role="status" aria-live="polite"></div>`;

type Entry = FeedSnapshot['jobs'][number];

/** One job of the list: its name above its bar. */
class Row {
  readonly element = document.createElement('div');
  readonly bar: Bar;
  private readonly name = document.createElement('div');

  constructor() {
    const bar = document.createElement('div');
    bar.className = 'job';
    this.element.className = 'entry';
    this.element.role = 'listitem';
    this.element.part.add('job');
    this.name.className = 'name';
    this.name.part.add('name');
    this.element.append(this.name, bar);
    this.bar = new Bar(bar);
  }

  call(name: string): void {
    this.name.textContent = name;
  }
}

/**
 * `<headway-jobs topic="tag:…">`: a bar for each job of a tag, or of a user's feed; those that run
 * come first. Fires `headway-change` with the feed after each change, and `headway-end` with each
 * job that ends meanwhile.
 */
export class HeadwayJobs extends WatchingElement {
  private readonly rows = new Map<string, Row>();
  private open = new Set<string>();

  /** The newest state of each job. */
  get jobs(): FeedSnapshot['jobs'] | undefined {
    return (this.watch?.state as Partial<FeedSnapshot> | undefined)?.jobs;
  }

  protected build(root: ShadowRoot): void {
    root.innerHTML = MARKUP;
  }

  protected begin(): void {
    this.rows.clear();
    this.open.clear();
    this.part_('.jobs').replaceChildren();
  }

  protected changed(): void {
    this.draw();
    const jobs = this.jobs;
    if (jobs === undefined) {
      return;
    }
    this.dispatchEvent(new CustomEvent('headway-change', {detail: {jobs}, bubbles: true}));
    jobs.filter((job) => isEnd(job.status) && this.open.has(job.topic)).forEach((job) => this.ended(job));
    this.open = new Set(jobs.filter((job) => !isEnd(job.status)).map((job) => job.topic));
  }

  protected draw(): void {
    const jobs = this.jobs;
    this.drawConnection();
    this.drawRows(jobs ?? []);
    const refused = this.watch?.refused !== undefined;
    const empty = jobs?.length === 0 ? (this.words.empty ?? WORDS.empty) : '';
    this.text('.empty', refused ? (this.words.nothing ?? WORDS.nothing) : empty);
    const notifies = this.hasAttribute('notify') && this.notification.offered;
    this.part_('.notify').hidden = !notifies || !(jobs ?? []).some((job) => !isEnd(job.status));
    this.text('.notify', this.words.notify ?? WORDS.notify);
  }

  private ended(job: JobSnapshot): void {
    this.text('.spoken', `${nameOf(job)}: ${statusWord(job, this.wording)}`);
    this.notification.tell(job, nameOf(job), this.wording);
    this.dispatchEvent(new CustomEvent('headway-end', {detail: job, bubbles: true}));
  }

  private drawRows(jobs: Entry[]): void {
    const sorted = [...jobs].sort((a, b) => rank(a) - rank(b));
    const names = new Set(sorted.map((job) => job.topic));
    [...this.rows.keys()].filter((name) => !names.has(name)).forEach((name) => this.forget(name));
    const list = this.part_('.jobs');
    sorted.forEach((job, at) => {
      const row = this.rows.get(job.topic) ?? new Row();
      this.rows.set(job.topic, row);
      if (list.children[at] !== row.element) {
        list.insertBefore(row.element, list.children[at] ?? null);
      }
      row.call(nameOf(job));
      row.bar.draw(job, nameOf(job), this.wording);
    });
  }

  private forget(name: string): void {
    this.rows.get(name)?.element.remove();
    this.rows.delete(name);
  }
}

function rank(job: JobSnapshot): number {
  return job.status === 'in_progress' ? 0 : isEnd(job.status) ? 2 : 1;
}
