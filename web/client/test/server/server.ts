import {type ChildProcess, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {CLASSES, CLASSPATH, PAGES} from './jvm.js';

const MAIN = 'dev.headway.web.ClientTestServer';

/** A real server in a process of its own, that can be killed and started again with its data. */
export class TestServer {
  url = '';
  private process: ChildProcess | undefined;

  private constructor(
    private readonly data: string,
    private readonly anonymous: boolean,
  ) {}

  static async start({anonymous = true} = {}): Promise<TestServer> {
    const server = new TestServer(await mkdtemp(join(tmpdir(), 'headway-client-')), anonymous);
    await server.run(0);
    return server;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  private async run(port: number): Promise<void> {
    const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java';
    const classpath = `${PAGES}:${CLASSES}:${readFileSync(CLASSPATH, 'utf8').trim()}`;
    const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '--enable-native-access=ALL-UNNAMED'];
    const args = [...options, '-cp', classpath, MAIN, this.data, String(port), '3600', String(this.anonymous)];
    const child = spawn(java, args, {stdio: ['pipe', 'pipe', 'inherit']});
    this.process = child;
    for await (const line of createInterface({input: child.stdout!})) {
      if (line.startsWith('ready ')) {
        this.url = line.slice(6);
        return;
      }
    }
    throw new Error(`The server did not start; its exit code is ${child.exitCode}`);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.process!;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts it again on the same port with the same data. */
  async restart(): Promise<void> {
    await this.run(this.port);
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.data, {recursive: true, force: true});
  }
}
