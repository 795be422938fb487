const script = (globalThis as {document?: Document}).document?.currentScript;

/** Takes the place of `start` in the single script file, which is its own worker. */
export function startWorker(): SharedWorker {
  return new SharedWorker((script as HTMLScriptElement).src, {name: 'headway-1'});
}
