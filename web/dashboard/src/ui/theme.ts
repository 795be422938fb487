import {signal} from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';
const KEY = 'headway.theme';

export const theme = signal<Theme>(read());
apply(theme.value);

function read(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

function apply(choice: Theme): void {
  if (choice === 'auto') {
    delete document.documentElement.dataset['theme'];
  } else {
    document.documentElement.dataset['theme'] = choice;
  }
}

/** Light, dark, or as the system has it; kept in this browser. */
export function choose(choice: Theme): void {
  localStorage.setItem(KEY, choice);
  apply(choice);
  theme.value = choice;
}
