import {useEffect, useRef, useState} from 'preact/hooks';
import {client, words} from '../session.js';
import type {Annotation} from './annotations.js';
import type {ChartData, Sample, Stage} from './api.js';
import type {Column, Period} from './period.js';

/** A series, or a part of it, in columns. */
export interface History {
  series: Column | null;
  columns: Column[];
  stages: Stage[];
}

/** What is shown of a period: its samples where they are few, and its columns otherwise. */
export interface Part {
  history: History;
  samples: number;
  points: readonly Sample[] | undefined;
  annotations: readonly Annotation[];
}

/** The most samples that are drawn one by one. */
const MOST = 1_000;
const COLUMNS = 800;
const OVERVIEW = 600;

/** How long the overview of a series stands before new samples make it anew. */
const STANDS = 15_000;

/** The series of a characteristic, or a period of it, in columns. */
export function history(id: string, columns: number, period?: Period): Promise<History> {
  return client.request<History>(`/api/v1/characteristics/${id}/history?columns=${columns}${query(period)}`);
}

/** The period in a query; the server's times are finer than milliseconds. */
function query(period: Period | undefined): string {
  const time = (ms: number) => encodeURIComponent(new Date(ms).toISOString());
  return period === undefined ? '' : `&from=${time(Math.floor(period.from))}&to=${time(Math.ceil(period.to) + 1)}`;
}

async function part(id: string, period: Period): Promise<Part> {
  const found = await history(id, COLUMNS, period);
  const samples = found.columns.reduce((sum, one) => sum + one.samples, 0);
  if (samples > MOST) {
    return {history: found, samples, points: undefined, annotations: []};
  }
  const data = await client.request<ChartData>(`/api/v1/characteristics/${id}/chart-data?limit=${MOST}${query(period)}`);
  return {history: found, samples, points: data.points, annotations: data.annotations};
}

/**
 * What is shown of a period, loaded anew when it or what was judged changes.
 *
 * @param round changes whenever verdicts may have changed
 */
export function usePeriod(id: string, period: Period | undefined, round: string): {shown: Part | undefined; failure: string | undefined} {
  const [state, set] = useState<{shown?: Part; failure?: string}>({});
  useEffect(() => {
    let wanted = true;
    if (period !== undefined) {
      part(id, period).then(
        (shown) => wanted && set({shown}),
        (failure: unknown) => wanted && set((before) => ({...before, failure: words(failure)})));
    } else {
      set({});
    }
    return () => {
      wanted = false;
    };
  }, [id, period?.from, period?.to, round]);
  return {shown: period === undefined ? undefined : state.shown, failure: state.failure};
}

/**
 * The whole series in columns; new samples make it anew at most every 15 s.
 *
 * @param round changes whenever earlier samples have changed
 * @param newest the newest sample
 */
export function useOverview(id: string, round: string, newest: number): History | undefined {
  const [whole, set] = useState<{id: string; turn: number; history: History}>();
  const turns = useRef(0);
  const asked = useRef(0);
  const load = () => {
    const turn = ++turns.current;
    asked.current = Date.now();
    history(id, OVERVIEW).then(
      (found) => set((before) => (before !== undefined && before.turn > turn ? before : {id, turn, history: found})),
      () => undefined); // the chart says that the server is away
  };
  useEffect(load, [id, round]);
  useEffect(() => {
    const timer = setTimeout(load, Math.max(0, asked.current + STANDS - Date.now()));
    return () => clearTimeout(timer);
  }, [newest]);
  return whole?.id === id ? whole.history : undefined;
}
