import {signal} from '@preact/signals';
import type {JSX} from 'preact';
import {words} from '../session.js';
import {Icon} from './icons.js';

interface Toast {
  id: number;
  text: string;
  bad: boolean;
}

const toasts = signal<Toast[]>([]);
const SHOWN_MS = 6_000;
let last = 0;

/** Tells the visitor something for a few seconds. */
export function tell(text: string, bad = false): void {
  const id = ++last;
  toasts.value = [...toasts.value, {id, text, bad}].slice(-3);
  setTimeout(() => dismiss(id), bad ? 2 * SHOWN_MS : SHOWN_MS);
}

/** Does something and tells the visitor if it fails; whether it succeeded. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (failure) {
    tell(words(failure), true);
    return false;
  }
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function Toasts(): JSX.Element {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div class="toast" key={toast.id}>
          <Icon name={toast.bad ? 'warn' : 'info'} />
          <p>{toast.text}</p>
          <button type="button" class="button plain icon small" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
            <Icon name="cross" size={12} />
          </button>
        </div>
      ))}
    </div>
  );
}
