import {serveTabs} from './shared/hub.js';

export * from './index.js';
export {HeadwayJobs, HeadwayProgress} from './element.js';

serveTabs();
