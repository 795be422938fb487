import {HeadwayJobs} from './element/jobs.js';
import {HeadwayProgress} from './element/progress.js';

export {HeadwayJobs, HeadwayProgress};

/** Makes an element known to the page, once. */
function define(name: string, element: CustomElementConstructor): void {
  if (typeof customElements !== 'undefined' && customElements.get(name) === undefined) {
    customElements.define(name, element);
  }
}

/** Makes `<headway-progress>` known to the page, once, by this or another name. */
export function defineElement(name = 'headway-progress'): void {
  define(name, HeadwayProgress);
}

defineElement();
define('headway-jobs', HeadwayJobs);
