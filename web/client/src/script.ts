export * from './index.js';
export {HeadwayProgress} from './element.js';
