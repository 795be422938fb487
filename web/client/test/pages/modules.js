import * as headway from '/index.js';
window.headway = headway;
