import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** Where Maven writes what a server is started with. */
export const CLASSPATH = fileURLToPath(new URL('../../../target/server.classpath', import.meta.url));
export const CLASSES = fileURLToPath(new URL('../../../target/test-classes', import.meta.url));

/** The tests talk to the real server, which has to be compiled. */
export default function setup(): void {
  if (!existsSync(CLASSPATH) || !existsSync(CLASSES)) {
    throw new Error('The server is not compiled; run ./build, which runs these tests, too');
  }
}
