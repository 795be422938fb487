import {type ChildProcess, spawn} from 'node:child_process';
import {chmod, mkdtemp, readdir, rm, symlink, writeFile} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, Page} from 'playwright-core';
import {java, OPTIONS, classpath, environment} from '../server/app-server.js';
import {type Block, ROOT} from './blocks.js';

const PATIENCE_MS = 60_000;

/**
 * Does what a section of a document says, in a folder that looks like the root of a checkout:
 *
 * - a block with a file's name is saved under it;
 * - `sh server` runs until the end, and goes on once it says that it is ready;
 * - `sh` runs in one shell for the whole section and must succeed;
 * - `text` must have been printed by the `sh` before, line by line;
 * - `text browser` must be seen in a browser at the address that was printed last;
 * - other blocks are there to be read.
 *
 * Ports 8000 and 8080 are replaced by free ones.
 */
export class Sample {
  private readonly children: ChildProcess[] = [];
  private readonly ports = new Map<string, number>();
  private shell: ChildProcess | undefined;
  private folder = '';
  private printed = '';
  private address = '';
  private page: Page | undefined;
  private readonly said: string[] = [];

  constructor(private readonly browser: () => Promise<Browser>) {}

  async prepare(): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'headway-sample-'));
    for (const name of await readdir(ROOT)) {
      if (!['headway', 'data', '.git', 'node_modules'].includes(name)) {
        await symlink(join(ROOT, name), join(this.folder, name));
      }
    }
    await symlink(join(ROOT, 'web/node_modules'), join(this.folder, 'node_modules'));
    const command = [java(), ...OPTIONS, '-cp', classpath(), 'dev.headway.app.Headway'];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    await writeFile(join(this.folder, 'headway'), `#!/bin/sh\nexec ${quoted} "$@"\n`);
    await chmod(join(this.folder, 'headway'), 0o755);
    for (const port of ['8000', '8080']) {
      this.ports.set(port, await freePort());
    }
  }

  async run({language, more, text}: Block): Promise<void> {
    const filled = text.replace(/\b8000\b|\b8080\b/g, (port) => String(this.ports.get(port)));
    if (language === 'sh' && more === 'server') {
      await this.serve(filled);
    } else if (language === 'sh') {
      await this.execute(filled);
    } else if (language === 'text' && more === 'browser') {
      await this.browse(filled.trim().split('\n'));
    } else if (language === 'text') {
      this.expect(filled.trim().split('\n'));
    } else if (more !== '') {
      await writeFile(join(this.folder, more), filled);
    }
  }

  private start(command: string[]): ChildProcess {
    const [program = '', ...args] = command;
    const port = String(this.ports.get('8000'));
    const child = spawn(program, args, {
      cwd: this.folder,
      detached: true,
      env: {
        ...environment(),
        PATH: `${join(java(), '..')}:${process.env['PATH']}`,
        HOME: this.folder,
        HEADWAY_DATA: join(this.folder, 'data'),
        HEADWAY_PORT: port,
        HEADWAY_URL: `http://localhost:${port}`,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdout!.setEncoding('utf8').on('data', (data: string) => (this.printed += data));
    child.stderr!.setEncoding('utf8').on('data', (data: string) => (this.printed += data));
    this.children.push(child);
    return child;
  }

  private async serve(text: string): Promise<void> {
    this.printed = '';
    const child = this.start(['bash', '-c', text]);
    await this.until(() => this.printed.includes('ready at') || child.exitCode !== null);
    this.expect(['ready at']);
  }

  private async execute(text: string): Promise<void> {
    this.shell ??= this.start(['bash', '-e']);
    this.printed = '';
    const shell = this.shell;
    shell.stdin!.write(`${text}\necho :done:\n`);
    await this.until(() => this.printed.includes(':done:') || shell.exitCode !== null);
    this.expect([':done:']);
    this.address = /http:\/\/localhost\S*/.exec(this.printed)?.[0] ?? this.address;
  }

  private expect(lines: string[]): void {
    for (const line of lines) {
      if (!this.printed.includes(line)) {
        throw new Error(`Not printed: ${line}\nPrinted:\n${this.printed}`);
      }
    }
  }

  private async browse(lines: string[]): Promise<void> {
    if (this.page === undefined) {
      this.page = await (await this.browser()).newPage();
      this.page.on('console', (message) => this.said.push(message.text()));
      await this.page.goto(this.address);
    }
    for (const line of lines) {
      const shown = this.page.getByText(line).first();
      await shown.waitFor().catch(async () => {
        const text = await this.page!.locator('body').innerText();
        throw new Error(`${this.address} does not show: ${line}\nIt shows:\n${text}\n${this.said.join('\n')}`);
      });
    }
  }

  private async until(condition: () => boolean): Promise<void> {
    const late = AbortSignal.timeout(PATIENCE_MS);
    while (!condition()) {
      if (late.aborted) {
        throw new Error(`It took too long. Printed:\n${this.printed}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends what still runs and removes the folder. */
  async end(): Promise<void> {
    await this.page?.close();
    for (const child of this.children) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(-child.pid!, 'SIGKILL'); // with all that it has started
        await gone;
      }
    }
    await rm(this.folder, {recursive: true, force: true});
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
