// Watches the topic of the address and says in the text of the page what it sees.
addEventListener('load', () => {
  const {topic, token, share, logs} = Object.fromEntries(new URLSearchParams(location.search));
  const client = headway.connect({token, share: share !== 'no'});
  const watch = client.watch(topic, {logs: logs === 'yes'});
  const seen = [];
  watch.onEvent(({type, data}) => seen.push(`${type} ${data.message ?? ''}`));
  watch.onChange(() => {
    const percent = watch.refused ? 'refused' : watch.state?.percent;
    const words = [watch.connection, client.transport, percent, watch.state?.message, watch.state?.status];
    document.querySelector('p').textContent = words.join(' ');
  });
  Object.assign(window, {client, seen});
});
