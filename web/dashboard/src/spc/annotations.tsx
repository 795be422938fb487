import type {JSX} from 'preact';
import {useState} from 'preact/hooks';
import type {contract} from '@headway/client';
import {mayEdit, words} from '../session.js';
import {Button} from '../ui/parts.js';
import {attempt} from '../ui/toasts.js';
import {dateTime} from '../words.js';
import {store} from './signing.js';

/** What somebody has said about a sample. */
export type Annotation = contract.Annotation;

/** What people have said about the samples that are shown, the newest first. */
export function Annotations({annotations}: {annotations: readonly Annotation[]}): JSX.Element | null {
  if (annotations.length === 0) {
    return null;
  }
  const remove = (one: Annotation) => {
    if (confirm(`Remove “${one.text}”? The audit trail keeps it.`)) {
      void attempt(() => store(`/api/v1/annotations/${one.annotation_id}`, {method: 'DELETE'}));
    }
  };
  return (
    <section class="card" aria-label="Annotations">
      <div class="card-head"><h2>Annotations</h2><span class="faint small">flags on the chart</span></div>
      <ul class="annotations">
        {annotations.toReversed().map((one) => (
          <li key={one.annotation_id}>
            <span><b>Sample {one.sample_id}</b> {one.text}</span>
            <span class="faint small">{one.author} · {dateTime(one.at)}</span>
            {mayEdit() && <Button small kind="plain" icon="trash" name={`Remove the annotation of sample ${one.sample_id}`} onClick={() => remove(one)} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A remark about a sample. The stream tells everybody to read the chart anew. */
export function Annotate({sample, done}: {sample: number; done: () => void}): JSX.Element {
  const [text, type] = useState('');
  const [failure, fail] = useState<string>();
  const send = async (event: Event) => {
    event.preventDefault();
    try {
      await store(`/api/v1/samples/${sample}/annotations`, {method: 'POST', body: {text}});
      done();
    } catch (refused) {
      fail(words(refused));
    }
  };
  return (
    <form class="stack sample-change" onSubmit={(event) => void send(event)}>
      <div class="field"><label for={`annotation-${sample}`}>What is to be known about sample {sample}</label>
        <input class="input" id={`annotation-${sample}`} required maxLength={1_000} value={text} onInput={(event) => type(event.currentTarget.value)} /></div>
      {failure && <p class="bad-text small" role="alert">{failure}</p>}
      <div class="acts">
        <Button small kind="main" type="submit" disabled={text.trim() === ''}>Annotate</Button>
        <Button small kind="plain" onClick={done}>Cancel</Button>
      </div>
    </form>
  );
}
