/**
 * Starts the worker that tabs share, or joins the one that runs. Its name tells apart versions
 * that do not understand each other.
 */
export function startWorker(): SharedWorker {
  return new SharedWorker(new URL('./worker.js', import.meta.url), {
    type: 'module',
    name: 'headway-1',
  });
}
