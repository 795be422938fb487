package dev.headway.bench.torture;

import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The channel of filling schedules, each of whose connections begins with the present state. */
final class ScheduleWatcher extends EachJobWatcher {
  /**
   * @param schedules the numbers of those to be watched; changes from round to round
   */
  ScheduleWatcher(String name, Api api, Verdicts verdicts, Set<String> schedules) {
    super(name, api, verdicts, schedules);
  }

  @Override
  void follow(String schedule) throws InterruptedException {
    var first = new AtomicBoolean(true);
    connect(
        "/ws/schedule/%s?token=%s".formatted(schedule, api.token()),
        "",
        frame -> view(schedule).schedule(frame, first.getAndSet(false)),
        socket -> socket.awaitEnd(lifeMillis() / 2));
  }
}
