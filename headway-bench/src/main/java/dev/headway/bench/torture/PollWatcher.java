package dev.headway.bench.torture;

import java.util.Set;

/** Long polls. */
final class PollWatcher extends EachJobWatcher {
  PollWatcher(String name, Api api, Verdicts verdicts, Set<String> jobs) {
    super(name, api, verdicts, jobs);
  }

  @Override
  void follow(String job) throws InterruptedException {
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
