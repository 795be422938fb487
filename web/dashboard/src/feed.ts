import {useEffect, useRef} from 'preact/hooks';
import {useLive} from './live.js';
import {feedTopic} from './session.js';

const SOON_MS = 250;

/** Does something soon after work has been asked for, begun or ended. */
export function useFeed(then: () => void): void {
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(then);
  latest.current = then;
  useLive(feedTopic.value, {}, ({type}) => {
    if (type !== 'progress') {
      clearTimeout(soon.current);
      soon.current = setTimeout(() => latest.current(), SOON_MS);
    }
  });
  useEffect(() => () => clearTimeout(soon.current), []);
}
