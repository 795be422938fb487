import {useEffect, useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import type {Layout} from './layout.js';
import type {Span} from './ticks.js';
import {fitting, scrollAfter, stepped} from './zoom.js';

/** How near a chart is, and what of it is to be seen. */
export interface Viewport {
  box: {current: HTMLDivElement | null};
  /** Pixels an hour. */
  scale: number;
  /** What is to be seen, in pixels, with as much again on both sides; changes only after about a width of scrolling. */
  seen: Span;
  canIn: boolean;
  canOut: boolean;
  step: (nearer: boolean, pointer?: number) => void;
  fit: () => void;
  scrolled: () => void;
}

/** As long as nobody zooms, everything is to be seen. */
export function useViewport(layout: Layout): Viewport {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  const [chosen, set] = useState<number>();
  const [page, turn] = useState(0);
  const scrollTo = useRef<number | undefined>(undefined);
  const fit = fitting(layout.hours, width - 2);
  const scale = chosen === undefined ? fit : Math.max(chosen, fit);
  const step = (nearer: boolean, pointer = width / 2) => {
    const next = stepped(scale, fit, nearer);
    scrollTo.current = scrollAfter(box.current?.scrollLeft ?? 0, pointer, scale, next);
    turn(Math.floor(scrollTo.current / width));
    set(next <= fit ? undefined : next);
  };
  const latest = useRef(step);
  latest.current = step;
  useEffect(() => {
    const element = box.current!;
    const watching = new ResizeObserver(() => setWidth(element.clientWidth));
    watching.observe(element);
    setWidth(element.clientWidth);
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        latest.current(event.deltaY < 0, event.clientX - element.getBoundingClientRect().left);
      }
    };
    element.addEventListener('wheel', wheel, {passive: false});
    const printing = () => set(undefined);
    addEventListener('beforeprint', printing);
    return () => {
      watching.disconnect();
      element.removeEventListener('wheel', wheel);
      removeEventListener('beforeprint', printing);
    };
  }, []);
  useLayoutEffect(() => {
    if (scrollTo.current !== undefined && box.current) {
      box.current.scrollLeft = scrollTo.current;
      scrollTo.current = undefined;
    }
  }, [scale]);
  const seen = useMemo(() => ({from: (page - 1) * width, to: (page + 2) * width}), [page, width]);
  const scrolled = () => turn(Math.floor((box.current?.scrollLeft ?? 0) / width));
  const closest = stepped(scale, fit, true) === scale;
  return {box, scale, seen, canIn: !closest, canOut: scale > fit, step, fit: () => set(undefined), scrolled};
}
