const topic = new URLSearchParams(location.search).get('topic');
const output = new URLSearchParams(location.search).get('output');
const element = document.querySelector('headway-progress');
if (output !== null) {
  element.setAttribute('output', output);
}
element.setAttribute('topic', topic);
