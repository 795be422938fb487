import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import {client, mayEdit} from '../session.js';
import {Button, useLoaded} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {dateTime} from '../words.js';
import type {Characteristic, Stage} from './api.js';
import {line} from './digits.js';
import {counts} from './draft.js';
import type {Preview} from './preview.js';
import {baselineWords, leftOutWords} from './stage-draft.js';
import {StageForm} from './stage-form.js';
import {store} from './signing.js';

/**
 * The stages of a characteristic, each with its beginning and the basis of its limits.
 *
 * @param props.round changes whenever stages may have changed
 * @param props.show draws the chart as a change would leave it; as it is without a preview
 */
export function Stages({characteristic, round, show}: {characteristic: Characteristic; round: string; show: (preview?: Preview) => void}): JSX.Element {
  const {id} = characteristic;
  const [editing, edit] = useState<number | 'new'>();
  const loaded = useLoaded(String(id), () => client.request<{stages: Stage[]}>(`/api/v1/characteristics/${id}/stages`), round);
  const stages = loaded.value?.stages ?? [];
  const done = () => (edit(undefined), show(), loaded.again());
  const remove = async (stage: Stage) => {
    if (confirm(`Remove the stage “${stage.name}”? Its samples go to the stage before it and are judged by its limits.`)) {
      await attempt(() => store(`/api/v1/characteristics/${id}/stages/${stage.id}`, {method: 'DELETE'}));
      loaded.again();
    }
  };
  const form = (stage: Stage | undefined) => <StageForm characteristic={id} counts={counts(characteristic.chart_type)} stage={stage} show={show} done={done} />;
  return (
    <section class="card stages" aria-label="Stages">
      <div class="card-head"><h2>Stages</h2>
        {mayEdit() && editing !== 'new' && <Button small icon="plus" onClick={() => edit('new')}>New stage</Button>}</div>
      {editing === 'new' && form(undefined)}
      {loaded.failure && <p class="card-body bad-text small" role="alert">{loaded.failure}</p>}
      <div class="scroll">
        <table class="table">
          <thead><tr><th>Stage</th><th>Begins</th><th class="num">LCL</th><th class="num">Centre</th><th class="num">UCL</th><th>Limits from</th>
            {mayEdit() && <th><span class="out-of-sight">Actions</span></th>}</tr></thead>
          <tbody>
            {stages.map((stage) => (
              <Row key={stage.id} stage={stage} edit={() => edit(stage.id)} remove={() => void remove(stage)} form={editing === stage.id ? form(stage) : undefined} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({stage, edit, remove, form}: {stage: Stage; edit: () => void; remove: () => void; form: JSX.Element | undefined}): JSX.Element {
  const {limits} = stage;
  return (
    <>
      <tr>
        <td class="first">{stage.name}</td>
        <td class="quiet">{stage.from === null ? 'with the first sample' : dateTime(stage.from)}</td>
        <td class="num">{line(limits.lcl, limits, 100)}</td><td class="num">{line(limits.center_line, limits, 100)}</td><td class="num">{line(limits.ucl, limits, 100)}</td>
        <td class="quiet">{baselineWords(stage)}
          {leftOutWords(stage.baseline?.left_out).map((text) => <div key={text} class="small faint">{text}</div>)}</td>
        {mayEdit() && <td class="row-acts">
          <Button small onClick={edit} aria-label={`Change ${stage.name}`}>Change…</Button>
          {stage.from !== null && <Button small kind="plain" icon="trash" name={`Remove ${stage.name}`} onClick={remove} />}
        </td>}
      </tr>
      {form && <tr class="row-form"><td colSpan={7}>{form}</td></tr>}
    </>
  );
}
