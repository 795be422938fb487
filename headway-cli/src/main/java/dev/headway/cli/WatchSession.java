package dev.headway.cli;

import dev.headway.cli.bars.BarListener;
import dev.headway.client.HeadwayClient;
import dev.headway.client.job.JobStatus;
import dev.headway.client.stream.Interest;
import dev.headway.client.stream.JobState;
import dev.headway.client.stream.Topic;
import dev.headway.client.time.ThreadScheduler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A watch of several topics to their ends, shown as bars in a terminal or as lines of JSON. */
final class WatchSession {
  private final CliEnvironment environment;
  private final HeadwayClient client;
  private final boolean json;

  WatchSession(CliEnvironment environment, HeadwayClient client, boolean json) {
    this.environment = environment;
    this.client = client;
    this.json = json;
  }

  /**
   * Watches until all have ended.
   *
   * @return 0 when all completed, else 1
   */
  int watch(List<Topic> topics) throws InterruptedException {
    return json ? watchAsJson(topics) : watchAsBars(topics);
  }

  private int watchAsBars(List<Topic> topics) throws InterruptedException {
    try (var scheduler = new ThreadScheduler();
        var bars = environment.bars().apply(scheduler)) {
      var listener = new BarListener(bars, topics, Topic::toString);
      try (var _ = client.watch(interests(topics), listener)) {
        return outcome(listener.allEnded(), topics);
      }
    }
  }

  private int watchAsJson(List<Topic> topics) throws InterruptedException {
    var listener = new JsonListener(environment.out(), topics);
    try (var _ = client.watch(interests(topics), listener)) {
      return outcome(listener.allEnded(), topics);
    }
  }

  private static List<Interest> interests(List<Topic> topics) {
    return topics.stream().map(Interest::in).toList();
  }

  private static int outcome(CompletableFuture<Map<Topic, JobState>> allEnded, List<Topic> topics)
      throws InterruptedException {
    try {
      var ended = allEnded.get();
      var completed =
          ended.values().stream().filter(state -> state.status() == JobStatus.COMPLETED).count();
      return completed == topics.stream().distinct().count()
          ? ServerCommand.OK
          : ServerCommand.FAILED;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
