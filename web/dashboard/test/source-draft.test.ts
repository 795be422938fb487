import {expect, test} from 'vitest';
import {heldBy, mappingOf, NEW_SOURCE, sourceDraft, sourceOf} from '../src/spc/source-draft.js';

test('a column holds what was chosen, or what its name says', () => {
  const draft = {...NEW_SOURCE, columns: {'Messwert [mm]': 'value', timestamp: ''}};
  expect([heldBy(draft, 'Value [mm]'), heldBy(draft, 'M1 / mm')]).toEqual(['value', 'm1']);
  expect([heldBy(draft, ' Messwert [mm] '), heldBy(draft, 'timestamp'), heldBy(draft, 'Batch_Number'), heldBy(draft, 'Maschine')])
    .toEqual(['value', '', 'batch_number', '']);
});

test('a source is sent without columns that are left out, and read back as it was', () => {
  const draft = {...NEW_SOURCE, name: ' Gauge 3 ', characteristic: '7', zone: 'Europe/Berlin', headerLine: '3', stacked: true, columns: {Zeit: 'timestamp', Maschine: ''}};
  expect(sourceOf(draft)).toMatchObject({name: 'Gauge 3', characteristic_id: 7, mapping: {columns: {Zeit: 'timestamp'}, zone: 'Europe/Berlin', ignore_others: true, unique_times: true, header_line: 3, stacked: true}});
  const mapping = mappingOf(draft);
  expect(sourceDraft({id: 1, name: 'Gauge 3', characteristic_id: 7, mapping})).toEqual({...draft, name: 'Gauge 3', columns: {Zeit: 'timestamp'}});
});
