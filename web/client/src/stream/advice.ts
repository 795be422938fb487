/** What to do after a close. */
export type Advice = 'token' | 'resume' | 'back off' | 'reconnect';

/**
 * What a close code of the native stream asks for: 4401 (expired), 4403 (forbidden), 4408 (not
 * authenticated in time) and 4410 (revoked) need another token, 4429 (too slow) is resumed at once,
 * 1013 (overloaded), 1008 (too many) and 1011 (a fault) are waited out; everything else, among it
 * 1001 and 1012 (the server leaves), is a reconnect within the server's window.
 */
export function advice(code: number): Advice {
  switch (code) {
    case 4401:
    case 4403:
    case 4408:
    case 4410:
      return 'token';
    case 4429:
      return 'resume';
    case 1008:
    case 1011:
    case 1013:
      return 'back off';
    default:
      return 'reconnect';
  }
}
