import type {JobSnapshot} from './api.js';
import type {HeadwayClient} from './client.js';
import {connect} from './client.js';
import {STYLE} from './element-style.js';
import {isEnd, isJob} from './stream/reduce.js';
import type {Watch} from './stream/watch.js';
import {connectionWords, etaWords, FOREIGN_ORIGIN, statusWord} from './words.js';

const MARKUP = `
<div part="head" class="row"><span part="step" class="step"></span><span part="percent" class="percent"></span></div>
<div part="track" class="track" role="progressbar" aria-valuemin="0" aria-valuemax="100"><div part="bar" class="bar"></div></div>
<div part="foot" class="row"><span part="message" class="message"></span><span part="eta" class="eta"></span>
<span part="connection" class="connection" hidden></span><button part="cancel" type="button">Cancel</button></div>
<div class="spoken" role="status" aria-live="polite"></div>`;

/** Outside a browser the class can be imported, though not used. */
const Element_ = (globalThis as {HTMLElement?: typeof HTMLElement}).HTMLElement ?? (class {} as never);
const shared = new Map<string, HeadwayClient>();

/**
 * `<headway-progress topic="job:…">`: bar, step, message, time left and a cancel button.
 *
 * Attributes: `topic`; `server`, where that is not the page's own; `token`, best a watch token, for
 * attributes can be read by every script of the page; `after`, a cursor to begin at; `label`, what
 * the bar is called; `no-cancel`. Or set the property `client`. Fires `headway-change` with the
 * state after each change and `headway-end` once. Styled by `--headway-…` custom properties and
 * `::part()`.
 */
export class HeadwayProgress extends Element_ {
  static readonly observedAttributes = ['topic', 'server', 'token', 'label', 'no-cancel'];
  private own: HeadwayClient | undefined;
  private given: HeadwayClient | undefined;
  private watch: Watch | undefined;
  private spoken = '';
  private told = false;

  /** The client to use instead of one for `server` and `token`. */
  get client(): HeadwayClient | undefined {
    return this.given;
  }

  set client(client: HeadwayClient | undefined) {
    this.given = client;
    this.restart();
  }

  /** The newest state. */
  get state(): JobSnapshot | undefined {
    const state = this.watch?.state;
    return isJob(state) ? state : undefined;
  }

  connectedCallback(): void {
    if (this.shadowRoot === null) {
      const root = this.attachShadow({mode: 'open'});
      const sheet = new CSSStyleSheet(); // allowed by a strict content security policy
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      root.innerHTML = MARKUP;
      this.part_('button').addEventListener('click', () => void this.cancel());
    }
    this.restart();
  }

  disconnectedCallback(): void {
    this.stop();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected || this.shadowRoot === null) {
      return;
    }
    if (name === 'token' && this.own !== undefined) {
      this.own.setToken(after ?? undefined);
    } else if (name === 'topic' || name === 'server') {
      this.restart();
    } else {
      this.draw();
    }
  }

  /** Asks the work to stop. */
  async cancel(): Promise<void> {
    const button = this.part_<HTMLButtonElement>('button');
    button.disabled = true;
    try {
      await this.chosen().cancel(this.getAttribute('topic') ?? '');
    } catch {
      button.disabled = false; // it may be tried again
      this.say('The work could not be asked to stop');
    }
  }

  private part_<E extends HTMLElement>(selector: string): E {
    return this.shadowRoot!.querySelector<E>(selector)!;
  }

  private chosen(): HeadwayClient {
    if (this.given !== undefined) {
      return this.given;
    }
    const server = this.getAttribute('server') ?? undefined;
    const token = this.getAttribute('token') ?? undefined;
    const address = server === undefined ? {} : {url: server};
    if (token !== undefined) {
      return (this.own ??= connect({...address, token}));
    }
    const key = server ?? '';
    const client = shared.get(key) ?? connect(address);
    shared.set(key, client);
    return client;
  }

  private stop(): void {
    this.watch?.close();
    this.watch = undefined;
    this.own?.close();
    this.own = undefined;
  }

  private restart(): void {
    const topic = this.getAttribute('topic');
    if (!this.isConnected || this.shadowRoot === null) {
      return;
    }
    this.stop();
    this.told = false;
    this.part_<HTMLButtonElement>('button').disabled = false;
    if (topic !== null && topic !== '') {
      const after = this.getAttribute('after') ?? undefined;
      const watch = this.chosen().watch(topic, {after});
      this.watch = watch;
      watch.onChange(() => this.watch === watch && this.changed());
    }
    this.draw();
  }

  private changed(): void {
    this.draw();
    const detail = this.state;
    if (detail === undefined) {
      return;
    }
    this.dispatchEvent(new CustomEvent('headway-change', {detail, bubbles: true}));
    if (this.watch?.ended && !this.told) {
      this.told = true;
      this.dispatchEvent(new CustomEvent('headway-end', {detail, bubbles: true}));
    }
  }

  private draw(): void {
    const state = this.state;
    this.text('.connection', this.connectionText());
    this.part_('.connection').hidden = this.part_('.connection').textContent === '';
    if (this.watch?.refused !== undefined) {
      this.text('.message', 'There is nothing to show here');
    }
    this.bar(state);
    this.part_('button').hidden =
      this.hasAttribute('no-cancel') || state === undefined || isEnd(state.status);
    if (state !== undefined) {
      this.words(state);
    }
  }

  private words(state: JobSnapshot): void {
    this.setAttribute('status', state.status);
    const word = statusWord(state);
    const running = word === 'Running' || word === 'Waiting';
    this.text('.step', running ? (state.step ?? word) : word);
    this.text('.message', state.error?.message ?? state.message ?? '');
    this.text('.eta', isEnd(state.status) ? '' : etaWords(state.eta));
    this.part_<HTMLButtonElement>('button').disabled ||= state.cancel_requested === true;
    this.say(running && state.step !== null ? `${word}: ${state.step}` : word);
  }

  /** The state of the connection, or what a page of another origin lacks. */
  private connectionText(): string {
    const state = this.watch?.connection ?? 'idle';
    const away = state === 'refused' || (state === 'offline' && location.protocol === 'file:');
    const tokenless = this.given === undefined && !this.hasAttribute('token');
    const foreign = tokenless && new URL(this.chosen().url).origin !== location.origin;
    return away && foreign ? FOREIGN_ORIGIN : connectionWords(state);
  }

  private bar(state: JobSnapshot | undefined): void {
    const track = this.part_('.track');
    const percent = state?.percent ?? null;
    const whole = percent === null ? null : Math.floor(percent);
    track.classList.toggle('unknown', whole === null && state?.status === 'in_progress');
    track.setAttribute('aria-label', this.getAttribute('label') ?? state?.job_type ?? 'Progress');
    if (whole === null) {
      track.removeAttribute('aria-valuenow');
      track.removeAttribute('aria-valuetext');
    } else {
      track.setAttribute('aria-valuenow', String(whole));
      track.setAttribute('aria-valuetext', `${whole} %${state?.step ? `, ${state.step}` : ''}`);
    }
    this.part_('.bar').style.width = whole === null ? '' : `${percent}%`;
    this.text('.percent', whole === null ? '' : `${whole} %`);
  }

  private text(selector: string, text: string): void {
    const element = this.part_(selector);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  /** The live region tells of steps and ends, not of every percent. */
  private say(text: string): void {
    if (this.spoken !== text) {
      this.spoken = text;
      this.text('.spoken', text);
    }
  }
}

/** Makes the element known to the page, once. */
export function defineElement(name = 'headway-progress'): void {
  if (typeof customElements !== 'undefined' && customElements.get(name) === undefined) {
    customElements.define(name, HeadwayProgress);
  }
}

defineElement();
