import type {contract} from '@headway/client';
import type {JSX} from 'preact';
import {client, user} from '../session.js';
import {Button, useLoaded} from '../ui/parts.js';
import {attempt, tell} from '../ui/toasts.js';
import {size} from '../words.js';

/** How long the address of a download holds: the browser begins at once. */
const AT_ONCE_SECONDS = 60;

/**
 * The files that a job's worker has uploaded, each to be downloaded or passed on by a link.
 *
 * @param news is another number whenever there may be others
 */
export function Files({job, news}: {job: string; news: number}): JSX.Element | null {
  const files = useLoaded(`files of ${job}`, () => client.files(job), String(news)).value ?? [];
  if (files.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>Files <span class="faint">{files.length}</span></h3>
      <ul class="files">
        {files.map((file) => <Entry key={file.name} job={job} file={file} />)}
      </ul>
    </section>
  );
}

function Entry({job, file}: {job: string; file: contract.JobFile}): JSX.Element {
  const path = `/api/v1/jobs/${job}/files/${encodeURIComponent(file.name)}`;
  const download = () =>
    attempt(async () => {
      const {url} = await client.linkFile(job, file.name, AT_ONCE_SECONDS);
      location.assign(new URL(url).pathname + new URL(url).search);
    });
  const copy = () =>
    attempt(async () => {
      const {url} = await client.linkFile(job, file.name);
      await navigator.clipboard.writeText(url);
      tell('A link by which anybody may download the file for a week is in the clipboard.');
    });
  return (
    <li>
      {user.value === undefined
        ? <a href={path} download>{file.name}</a>
        : <Button small icon="save" onClick={() => void download()}>{file.name}</Button>}
      <span class="faint">{size(file.bytes)}</span>
      {user.value !== undefined && (
        <Button small kind="plain" onClick={() => void copy()} name={`Copy link to ${file.name}`}>Copy link</Button>
      )}
    </li>
  );
}
