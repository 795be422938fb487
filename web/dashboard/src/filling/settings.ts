/** A setting of a plan that a person may change. */
export interface Setting {
  key: string;
  label: string;
  unit: string;
  /** What the server takes when nothing is said. */
  usual: number;
  hint?: string;
}

export const SETTINGS: Setting[] = [
  {key: 'lines', label: 'Lines', unit: '', usual: 1, hint: 'Equal lines, side by side'},
  {key: 'fill_rate_vph', label: 'Filling rate', unit: 'vials/h', usual: 19_920},
  {key: 'window_hours', label: 'Sterile window', unit: 'h', usual: 120, hint: 'Filling and changeovers after a clean'},
  {key: 'clean_hours', label: 'Clean', unit: 'h', usual: 24, hint: 'Before every block'},
  {key: 'changeover_same_hours', label: 'Changeover, same type', unit: 'h', usual: 4},
  {key: 'changeover_different_hours', label: 'Changeover, other type', unit: 'h', usual: 8},
  {key: 'time_limit_seconds', label: 'Time to search', unit: 's', usual: 60, hint: 'For strategies that search'},
];

/** What a person has typed, by setting. */
export type Typed = Readonly<Record<string, string>>;

/** The configuration that is sent: only what differs from the usual; a text that is no number goes as it is, for the server to say so. */
export function configOf(typed: Typed): Record<string, number | string> {
  const config: Record<string, number | string> = {};
  for (const {key, usual} of SETTINGS) {
    const text = (typed[key] ?? '').trim().replace(',', '.');
    if (text !== '' && Number(text) !== usual) {
      config[key] = Number.isFinite(Number(text)) ? Number(text) : text;
    }
  }
  return config;
}

/** What is wrong with a setting, by its key. */
export function faultsBySetting(errors: readonly {field?: string; message: string}[]): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const {field, message} of errors) {
    const key = field?.replace(/^config\./, '').replace(/\[.*$/, '');
    if (key !== undefined && SETTINGS.some((setting) => setting.key === key)) {
      faults[key] ??= message;
    }
  }
  return faults;
}
