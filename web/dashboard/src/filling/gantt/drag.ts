import {useRef, useState} from 'preact/hooks';
import {AXIS} from './drawing.js';
import type {Item, Layout} from './layout.js';
import {HOUR} from './ticks.js';

/** Where a lot is held while it is dragged, in pixels of the drawing. */
export interface Held {
  item: Item;
  x: number;
  track: number;
}

export interface Drag {
  held?: Held | undefined;
  down: (event: PointerEvent, item: Item) => void;
  move: (event: PointerEvent) => void;
  /** Keeps a finger that drags a lot from scrolling the chart: browsers disregard `touch-action` within a drawing. */
  touch: (event: TouchEvent) => void;
  up: (event: PointerEvent) => void;
  cancel: () => void;
}

/** A pointer that has moved less was a click. */
const CLICK = 5;

/** Drags lots by mouse, pen or touch; `drop` hears of the track and the time at which one is let go. */
export function useDrag(
  layout: Layout, scale: number, trackHeight: number, drop: (item: Item, track: number, time: number) => void,
): Drag {
  const [held, hold] = useState<Held>();
  const from = useRef<{item: Item; x: number; y: number} | undefined>(undefined);
  const place = (event: PointerEvent, item: Item): Held => {
    const box = event.currentTarget as HTMLElement;
    const rect = box.getBoundingClientRect();
    const track = Math.floor((event.clientY - rect.top - AXIS) / trackHeight);
    return {item, x: event.clientX - rect.left + box.scrollLeft, track: Math.min(Math.max(track, 0), layout.tracks.length - 1)};
  };
  return {
    held,
    down: (event, item) => {
      if (event.button === 0 && item.activity.kind === 'FILL') {
        from.current = {item, x: event.clientX, y: event.clientY};
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      }
    },
    move: (event) => {
      const start = from.current;
      if (start && (held || Math.hypot(event.clientX - start.x, event.clientY - start.y) > CLICK)) {
        hold(place(event, start.item));
      }
    },
    touch: (event) => {
      if (from.current) {
        event.preventDefault();
      }
    },
    up: (event) => {
      if (held && from.current) {
        const {item, track, x} = place(event, from.current.item);
        drop(item, track, layout.start + (x / scale) * HOUR);
      }
      from.current = undefined;
      hold(undefined);
    },
    cancel: () => {
      from.current = undefined;
      hold(undefined);
    },
  };
}
