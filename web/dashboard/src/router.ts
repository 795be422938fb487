import {signal} from '@preact/signals';

/** Where the visitor is. */
export const place = signal({path: location.pathname, query: location.search});

/** Goes to another page without loading one. */
export function navigate(to: string, replace = false): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  settle();
  scrollTo(0, 0);
}

/** Goes to another state of the same page, which stays where it was scrolled to. */
export function step(to: string): void {
  history.pushState(null, '', to);
  settle();
}

function settle(): void {
  if (place.peek().path !== location.pathname || place.peek().query !== location.search) {
    place.value = {path: location.pathname, query: location.search};
  }
}

/** Lets links to the dashboard's own pages be followed without loading; returns what ends that. */
export function listen(isPage: (path: string) => boolean): () => void {
  const clicked = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest?.('a');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented || link.target !== '' || link.hasAttribute('download')) {
      return;
    }
    const url = new URL(link.href, location.href);
    if (url.origin === location.origin && isPage(url.pathname) && url.hash === '') {
      event.preventDefault();
      navigate(url.pathname + url.search);
    }
  };
  addEventListener('click', clicked);
  addEventListener('popstate', settle);
  return () => {
    removeEventListener('click', clicked);
    removeEventListener('popstate', settle);
  };
}
