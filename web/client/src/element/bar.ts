import type {JobSnapshot} from '../api.js';
import {isEnd} from '../stream/reduce.js';
import {etaWords, statusName, statusWord, type Wording} from '../words.js';

const MARKUP = `
<div part="head" class="row"><span part="step" class="step"></span><span part="percent" class="percent"></span></div>
<div part="track" class="track" role="progressbar" aria-valuemin="0" aria-valuemax="100"><div part="bar" class="bar"></div></div>
<div part="foot" class="row"><span part="message" class="message"></span><span part="eta" class="eta"></span></div>`;

/** What people call a job: its name, or its type in plain letters. */
export function nameOf(state: JobSnapshot): string {
  const type = String(state.job_type ?? 'Job').replace(/[-_.]+/g, ' ').trim();
  return state.name ?? type.charAt(0).toUpperCase() + type.slice(1);
}

/** The step or state, bar, message and time left of one job. */
export class Bar {
  /** @param root what it is drawn in */
  constructor(readonly root: HTMLElement) {
    root.innerHTML = MARKUP;
  }

  /** Shows a state; undefined before there is one. */
  draw(state: JobSnapshot | undefined, label: string, wording: Wording): void {
    this.percent(state, label);
    if (state === undefined) {
      return;
    }
    const name = statusName(state);
    const running = name === 'running' || name === 'waiting';
    const word = statusWord(state, wording);
    this.root.dataset['status'] = state.status;
    this.text('.step', running ? (state.step ?? word) : word);
    this.text('.message', state.error?.message ?? state.message ?? '');
    this.text('.eta', isEnd(state.status) ? '' : etaWords(state.eta, wording));
  }

  /** Sets a part's text. */
  text(selector: string, text: string): void {
    const part = this.part(selector);
    if (part.textContent !== text) {
      part.textContent = text;
    }
  }

  private part(selector: string): HTMLElement {
    return this.root.querySelector<HTMLElement>(selector)!;
  }

  private percent(state: JobSnapshot | undefined, label: string): void {
    const track = this.part('.track');
    const percent = state?.percent ?? null;
    const whole = percent === null ? null : Math.floor(percent);
    track.classList.toggle('unknown', whole === null && state?.status === 'in_progress');
    track.setAttribute('aria-label', label);
    if (whole === null) {
      track.removeAttribute('aria-valuenow');
      track.removeAttribute('aria-valuetext');
    } else {
      track.setAttribute('aria-valuenow', String(whole));
      track.setAttribute('aria-valuetext', `${whole} %${state?.step ? `, ${state.step}` : ''}`);
    }
    this.part('.bar').style.width = whole === null ? '' : `${percent}%`;
    this.text('.percent', whole === null ? '' : `${whole} %`);
  }
}
