import {serveTabs} from './shared/hub.js';

export * from './index.js';
export {HeadwayProgress} from './element.js';

serveTabs();
