import './style/base.css';
import './style/shell.css';
import './style/parts.css';
import {render} from 'preact';
import {App} from './app.js';
import {begin} from './session.js';

void begin();
render(<App />, document.getElementById('app')!);
