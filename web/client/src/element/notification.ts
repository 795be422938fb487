import type {JobSnapshot} from '../api.js';
import {statusWord, type Wording} from '../words.js';

/**
 * The notification of an end by the browser, for a visitor who has asked for it. Where a page may
 * not show any, as in a frame of another origin, it cannot be asked for.
 */
export class EndNotification {
  private asked = false;

  /** Whether the visitor may be offered one. */
  get offered(): boolean {
    return !this.asked && typeof Notification === 'function' && Notification.permission !== 'denied';
  }

  /** Asks the browser, which asks the visitor. */
  async ask(): Promise<void> {
    this.asked = (await Notification.requestPermission()) === 'granted';
  }

  /** Tells of a job's end, if that was asked for. */
  tell(job: JobSnapshot, label: string, wording: Wording): void {
    if (!this.asked) {
      return;
    }
    try {
      const body = [statusWord(job, wording), job.error?.message ?? job.message].filter(Boolean).join(': ');
      new Notification(label, {body, tag: job.job_id ?? label});
    } catch {
      this.asked = false; // Chromium on Android takes them from service workers alone
    }
  }
}
