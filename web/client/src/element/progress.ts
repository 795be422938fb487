import type {JobSnapshot} from '../api.js';
import {OutputText} from '../output.js';
import {isEnd, isJob} from '../stream/reduce.js';
import type {Watch} from '../stream/watch.js';
import {statusName, statusWord, WORDS} from '../words.js';
import {Bar} from './bar.js';
import {WatchingElement} from './watching.js';

const MARKUP = `
<div class="job"></div>
<div part="actions" class="row actions"><span part="connection" class="connection" hidden></span>
<button part="notify" class="notify" type="button" hidden></button><button part="cancel" class="cancel" type="button" hidden></button></div>
<pre part="output" class="output" tabindex="0" role="log" hidden></pre>
<div class="spoken" role="status" aria-live="polite"></div>`;

/**
 * `<headway-progress topic="job:…">`: bar, step, message, time left and a cancel button, which the
 * attribute `no-cancel` leaves out; with `output`, the text of the job's output of that name as it
 * grows. Fires `headway-change` with the state after each change and
 * `headway-end` once.
 */
export class HeadwayProgress extends WatchingElement {
  private bar: Bar | undefined;
  private spoken = '';
  private told = false;

  /** The newest state. */
  get state(): JobSnapshot | undefined {
    const state = this.watch?.state;
    return isJob(state) ? state : undefined;
  }

  /** Asks the work to stop. */
  async cancel(): Promise<void> {
    const button = this.part_<HTMLButtonElement>('.cancel');
    button.disabled = true;
    try {
      await this.chosen().cancel(this.getAttribute('topic') ?? '');
    } catch {
      button.disabled = false; // it may be tried again
      this.say('The work could not be asked to stop');
    }
  }

  protected build(root: ShadowRoot): void {
    root.innerHTML = MARKUP;
    this.bar = new Bar(this.part_('.job'));
    this.part_('.cancel').addEventListener('click', () => void this.cancel());
  }

  protected begin(): void {
    this.told = false;
    this.part_<HTMLButtonElement>('.cancel').disabled = false;
  }

  /** Shows the text of an output as it grows, and stays at its end for those who were there. */
  protected override follow(watch: Watch, topic: string): void {
    const name = this.getAttribute('output');
    const box = this.part_('.output');
    box.hidden = name === null;
    box.textContent = '';
    if (name !== null) {
      box.setAttribute('aria-label', name);
      const read = (after: number) => this.chosen().logs(topic.slice(topic.indexOf(':') + 1), after, name);
      const output = new OutputText(name, read, () => {
        const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
        box.textContent = output.text;
        box.scrollTop = atEnd ? box.scrollHeight : box.scrollTop;
      });
      watch.onEvent((event) => this.watch === watch && output.take(event));
    }
  }

  protected changed(): void {
    this.draw();
    const detail = this.state;
    if (detail === undefined) {
      return;
    }
    this.dispatchEvent(new CustomEvent('headway-change', {detail, bubbles: true}));
    if (this.watch?.ended && !this.told) {
      this.told = true;
      this.notification.tell(detail, this.label(detail), this.wording);
      this.dispatchEvent(new CustomEvent('headway-end', {detail, bubbles: true}));
    }
  }

  protected draw(): void {
    const state = this.state;
    this.drawConnection();
    this.bar!.draw(state, this.label(state), this.wording);
    if (this.watch?.refused !== undefined) {
      this.bar!.text('.message', this.words.nothing ?? WORDS.nothing);
    }
    this.buttons(state);
    if (state !== undefined) {
      this.setAttribute('status', state.status);
      const name = statusName(state);
      const word = statusWord(state, this.wording);
      const stepping = (name === 'running' || name === 'waiting') && state.step !== null;
      this.say(stepping ? `${word}: ${state.step}` : word);
    }
  }

  private label(state: JobSnapshot | undefined): string {
    return this.getAttribute('label') ?? state?.name ?? state?.job_type ?? 'Progress';
  }

  private buttons(state: JobSnapshot | undefined): void {
    const open = state !== undefined && !isEnd(state.status);
    const cancel = this.part_<HTMLButtonElement>('.cancel');
    cancel.hidden = !open || this.hasAttribute('no-cancel');
    cancel.disabled ||= state?.cancel_requested === true;
    this.text('.cancel', this.words.cancel ?? WORDS.cancel);
    this.part_('.notify').hidden = !open || !this.hasAttribute('notify') || !this.notification.offered;
    this.text('.notify', this.words.notify ?? WORDS.notify);
  }

  /** The live region tells of steps and ends, not of every percent. */
  private say(text: string): void {
    if (this.spoken !== text) {
      this.spoken = text;
      this.text('.spoken', text);
    }
  }
}
