import {createElement} from 'react';
import {renderToString} from 'react-dom/server';
import {expect, test} from 'vitest';
import {connect} from '../src/index.js';
import {useOutput, useProgress} from '../src/react.js';

test('on a server, where nothing is connected, the hooks render the empty state', () => {
  const client = connect({url: 'http://localhost:1', WebSocket: null});
  const View = () => {
    const {state, connection, ended} = useProgress('job:1', {client});
    const answer = useOutput('1', 'answer', {client});
    return createElement('p', null, `${state === undefined} ${connection} ${ended} "${answer}"`);
  };
  expect(renderToString(createElement(View))).toBe('<p>true idle false &quot;&quot;</p>');
  expect(client.connection).toBe('idle');
  client.close();
});
