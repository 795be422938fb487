import './spc.css';
import './new.css';
import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client, mayEdit} from '../session.js';
import {Button, Empty, Loading, Notice, PageHead, useLoaded} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import type {Characteristic} from './api.js';
import type {FileSource} from './source-draft.js';
import {SourceForm} from './source-form.js';

/** The sources of files: how the exports of machines and programs are written. */
export function SourcesPage(): JSX.Element {
  const [editing, edit] = useState<FileSource | 'new'>();
  const loaded = useLoaded('sources', () => client.request<{sources: FileSource[]}>('/api/v1/sources'));
  const characteristics = useLoaded('characteristics', () =>
    client.request<{characteristics: Characteristic[]}>('/api/v1/characteristics?limit=100'));
  const all = loaded.value?.sources;
  const known = characteristics.value?.characteristics ?? [];
  const done = () => (edit(undefined), loaded.again());
  const remove = async (source: FileSource) => {
    if (confirm(`Delete the source “${source.name}”? The samples that came from it stay.`)) {
      await attempt(() => client.request(`/api/v1/sources/${source.id}`, {method: 'DELETE'}));
      loaded.again();
    }
  };
  return (
    <main class="page" id="main">
      <PageHead title="Files" crumb={{href: '/characteristics', text: 'Process control'}}
        sub="A source says once how the exports of a gauge or a program are written; then its files are imported as they come.">
        {mayEdit() && editing === undefined && <Button icon="plus" kind="main" onClick={() => edit('new')}>New source</Button>}
      </PageHead>
      {loaded.failure && <Notice kind="bad">{loaded.failure}</Notice>}
      {editing !== undefined ? <SourceForm key={editing === 'new' ? 0 : editing.id} source={editing === 'new' ? undefined : editing} characteristics={known} done={done} />
        : all === undefined ? !loaded.failure && <Loading what="sources" />
        : all.length === 0 ? (
          <div class="card"><Empty icon="file" title="No source yet"
            actions={mayEdit() && <Button icon="plus" kind="main" onClick={() => edit('new')}>Make the first</Button>}>
            Choose a file as it comes from the gauge, say what its columns hold, and see at once how each row is read.
          </Empty></div>
        ) : <Table all={all} characteristics={known} edit={edit} remove={(one) => void remove(one)} />}
    </main>
  );
}

function Table(props: {
  all: FileSource[];
  characteristics: Characteristic[];
  edit: (source: FileSource) => void;
  remove: (source: FileSource) => void;
}): JSX.Element {
  const nameOf = (id: number | null) => (id === null ? 'named in each row' : (props.characteristics.find((one) => one.id === id)?.name ?? `Characteristic ${id}`));
  return (
    <div class="card scroll">
      <table class="table">
        <thead><tr><th>Source</th><th>Characteristic</th><th>Columns</th><th><span class="out-of-sight">Actions</span></th></tr></thead>
        <tbody>
          {props.all.map((one) => (
            <tr key={one.id}>
              <td class="first">{one.name}</td>
              <td class="quiet">{nameOf(one.characteristic_id)}</td>
              <td class="quiet small">{Object.entries(one.mapping.columns ?? {}).map(([column, held]) => `${column} → ${held}`).join(', ') || 'Headway’s own'}</td>
              <td class="row-acts">
                <Button small onClick={() => props.edit(one)} aria-label={`Open ${one.name}`}>Open</Button>
                {mayEdit() && <Button small kind="plain" icon="trash" name={`Delete ${one.name}`} onClick={() => props.remove(one)} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
