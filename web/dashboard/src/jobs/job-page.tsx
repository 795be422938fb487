import './jobs.css';
import type {JobSnapshot} from '@headway/client';
import type {JSX} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {useLive} from '../live.js';
import type {Params} from '../route-match.js';
import {client} from '../session.js';
import {Empty, LinkButton, Loading, PageHead} from '../ui/parts.js';
import {label} from '../words.js';
import {JobActions} from './actions.js';
import {JobDetails} from './details.js';
import {rowOf} from './list.js';
import {titleOf} from './names.js';
import {Bar, percentText, sayingOf, Status, Timing} from './parts.js';
import {QueuePlace} from './queue-place.js';

/** One job of any kind. */
export function JobPage({params}: {params: Params}): JSX.Element {
  const id = params['id'] ?? '';
  const {state: job, refused} = useLive<JobSnapshot>(`job:${id}`);
  const named = useTitle(id);
  if (refused !== undefined) {
    return (
      <main class="page" id="main">
        <PageHead title="Job" crumb={{href: '/', text: 'Work'}} />
        <div class="card"><Empty icon="search" title="There is no such job" actions={<LinkButton href="/">To all work</LinkButton>}>
          It may have been deleted, or belong to somebody else.
        </Empty></div>
      </main>
    );
  }
  const title = named ?? label(job?.job_type ?? 'Job');
  return (
    <main class="page narrow" id="main">
      <PageHead title={title} crumb={{href: '/', text: 'Work'}} beside={job && <Status job={job} />}>
        {job && <JobActions job={job} id={id} title={title} />}
      </PageHead>
      {job === undefined ? <Loading what="the job" /> : (
        <div class="card job-card">
          <Bar job={job} label={title} />
          <div class="how-text">
            <span class="wrap">{job.step && <b>{job.step}</b>}{sayingOf(job)}</span>
            <span class="percent">{percentText(job)}</span>
          </div>
          <p class="small quiet"><Timing job={job} />{job.status === 'queued' && <QueuePlace id={id} />}</p>
          <JobDetails id={id} />
        </div>
      )}
    </main>
  );
}

/** What a job is called, by what only REST knows of it; undefined until that is there. */
function useTitle(id: string): string | undefined {
  const [title, show] = useState<string>();
  useEffect(() => {
    show(undefined);
    client.job(id).then((job) => show(titleOf(rowOf(job)).text), () => undefined); // the type does as well
  }, [id]);
  return title;
}
