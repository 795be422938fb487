import {expect, test} from 'vitest';
import {changed, type Drafts, undone} from '../src/spc/undo.js';

const FIRST: Drafts<string> = {states: [''], field: undefined};

test('what is typed into one field is taken back at once, another field on its own', () => {
  const typed = changed(changed(changed(FIRST, '1', 'lcl'), '12', 'lcl'), '12 9', 'ucl');
  expect(typed.states).toEqual(['', '12', '12 9']);
  expect(undone(typed).states).toEqual(['', '12']);
  expect(undone(undone(undone(typed))).states).toEqual(['']);
});

test('changes without a field, and those after an undo, are taken back one by one', () => {
  const chosen = changed(changed(FIRST, 'a'), 'b');
  expect(chosen.states).toEqual(['', 'a', 'b']);
  const again = changed(undone(changed(FIRST, '1', 'lcl')), '2', 'lcl');
  expect(again.states).toEqual(['', '2']);
});
