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
      soon.current ??= setTimeout(() => { // not put off by those that follow: they may never cease
        soon.current = undefined;
        latest.current();
      }, SOON_MS);
    }
  });
  useEffect(() => () => clearTimeout(soon.current), []);
}
