import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const CLASSPATH = fileURLToPath(new URL('../../target/server.classpath', import.meta.url));
export const OPTIONS = [
  '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '--enable-native-access=ALL-UNNAMED', '--sun-misc-unsafe-memory-access=allow',
];

/** Headway as it is installed, in a process of its own, that can be killed and started again. */
export class AppServer {
  url = '';
  private process: ChildProcess | undefined;

  private constructor(
    private readonly data: string,
    private readonly settings: Record<string, string>,
  ) {}

  /** @param settings by their environment variables */
  static async start(settings: Record<string, string> = {}): Promise<AppServer> {
    const server = new AppServer(await mkdtemp(join(tmpdir(), 'headway-e2e-')), settings);
    await server.run('0');
    await server.administrator();
    return server;
  }

  private async run(port: string): Promise<void> {
    const child = spawn(java(), [...OPTIONS, '-cp', classpath(), 'dev.headway.app.Headway', 'serve', '--port', port, '--data', this.data], {
      env: {...environment(), HEADWAY_LOG_LEVEL: 'warn', ...this.settings},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = child;
    process.once('exit', () => child.kill('SIGKILL'));
    for await (const line of createInterface({input: child.stdout!})) {
      const ready = /Headway is ready at (\S+)/.exec(line);
      if (ready) {
        this.url = ready[1]!;
        return;
      }
    }
    throw new Error(`The server did not start; its exit code is ${child.exitCode}`);
  }

  /** The first account is the administrator's: those that tests register are not. */
  private async administrator(): Promise<void> {
    await fetch(`${this.url}/api/v1/auth/register`, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({email: 'first@example.org', password: 'a long password'}),
    });
  }

  /** Runs one of Headway's other commands on the server's data, while it is stopped or running. */
  async command(args: string[], input = ''): Promise<void> {
    const child = spawn(java(), [...OPTIONS, '-cp', classpath(), 'dev.headway.app.Headway', ...args, '--data', this.data], {
      env: environment(),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.stdin!.end(input);
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) {
      throw new Error(`headway ${args.join(' ')} ended with ${String(code)}`);
    }
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.process!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts it again on the same port with the same data. */
  restart(): Promise<void> {
    return this.run(new URL(this.url).port);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.data, {recursive: true, force: true});
  }
}

/** Without settings that are meant for the tests, or for another server. */
export function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HEADWAY_')));
}

export function java(): string {
  const home = process.env['JAVA_HOME'];
  return home ? join(home, 'bin/java') : 'java';
}

export function classpath(): string {
  const given = process.env['HEADWAY_CLASSPATH'];
  if (given !== undefined) {
    return given;
  }
  if (!existsSync(CLASSPATH)) {
    throw new Error('The server is not compiled; run ./build, which runs these tests, too');
  }
  return readFileSync(CLASSPATH, 'utf8').trim();
}
