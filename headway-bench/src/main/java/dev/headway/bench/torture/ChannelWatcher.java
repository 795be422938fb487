package dev.headway.bench.torture;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;

/** The jobs channel, whose frames have no cursor: each connection begins with the present state. */
final class ChannelWatcher extends EachJobWatcher {
  ChannelWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    super(name, api, verdicts, jobs);
  }

  @Override
  void follow(String job) throws InterruptedException {
    var first = new AtomicBoolean(true);
    connect(
        "/progress/ws/" + job,
        "",
        frame -> show(job, frame, first),
        socket -> socket.awaitEnd(lifeMillis() / 2));
  }

  private void show(String job, JsonNode frame, AtomicBoolean first) {
    if (frame.path("type").asString("").equals("progress")) {
      view(job).channel(frame, first.getAndSet(false));
    }
  }
}
