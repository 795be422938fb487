import {createElement} from 'react';
import {renderToString} from 'react-dom/server';
import {expect, test} from 'vitest';
import {connect} from '../src/index.js';
import {useProgress} from '../src/react.js';

test('on a server, where nothing is connected, the hook renders the empty state', () => {
  const client = connect({url: 'http://localhost:1', WebSocket: null});
  const View = () => {
    const {state, connection, ended} = useProgress('job:1', {client});
    return createElement('p', null, `${state === undefined} ${connection} ${ended}`);
  };
  expect(renderToString(createElement(View))).toBe('<p>true idle false</p>');
  expect(client.connection).toBe('idle');
  client.close();
});
