import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** All documents of the checkout, by their paths within it. */
export function documents(): string[] {
  const built = ['node_modules', 'target', 'dist', '.git'].flatMap((name) => ['-o', '-name', name]).slice(1);
  const found = execFileSync('find', ['.', '(', ...built, ')', '-prune', '-o', '-name', '*.md', '-print'], {cwd: ROOT, encoding: 'utf8'});
  return found.trim().split('\n').map((path) => path.slice(2)).sort();
}

/** A fenced block of a document. */
export interface Block {
  /** What follows the fence: the language and perhaps a word more. */
  language: string;
  more: string;
  text: string;
  line: number;
}

/** A part of a document between two headings of the second level. */
export interface Section {
  title: string;
  blocks: Block[];
}

/** The sections of a document that have fenced blocks. */
export function sections(path: string): Section[] {
  const found: Section[] = [{title: path, blocks: []}];
  let block: Block | undefined;
  readFileSync(ROOT + path, 'utf8').split('\n').forEach((line, at) => {
    const fence = /^```(\w*) ?(.*)$/.exec(line);
    if (block !== undefined && line === '```') {
      found.at(-1)!.blocks.push(block);
      block = undefined;
    } else if (block !== undefined) {
      block.text += `${line}\n`;
    } else if (fence) {
      block = {language: fence[1]!, more: fence[2]!, text: '', line: at + 1};
    } else if (line.startsWith('## ')) {
      found.push({title: line.slice(3), blocks: []});
    }
  });
  return found.filter((section) => section.blocks.length > 0);
}
