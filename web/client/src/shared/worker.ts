import {serveTabs} from './hub.js';

serveTabs();
