const topic = new URLSearchParams(location.search).get('topic');
document.querySelector('headway-progress').setAttribute('topic', topic);
