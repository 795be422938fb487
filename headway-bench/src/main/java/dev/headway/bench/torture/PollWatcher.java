package dev.headway.bench.torture;

import java.util.Set;

/** Long polls, one job after the other. */
final class PollWatcher extends TortureWatcher {
  PollWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    super(name, api, verdicts, jobs);
  }

  @Override
  void watch() throws InterruptedException {
    for (var job : jobs()) {
      if (!view(job).ended()) {
        poll(job);
      }
    }
  }

  private void poll(String job) throws InterruptedException {
    var after = view(job).cursor();
    var answer =
        api.get("/jobs/" + job + "/events?wait=1" + (after == null ? "" : "&after=" + after));
    var body = answer.body();
    if (answer.status() != 200) {
      return;
    }
    var recovered = body.path("recovered").asBoolean(false);
    var from = recovered && after != null ? after : body.path("cursor").asString("");
    view(job).began(after, from, body.path("snapshot"));
    body.path("events").forEach(view(job)::event);
  }
}
