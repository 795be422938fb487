package dev.headway.filling.app;

import dev.headway.core.account.Principal;
import dev.headway.core.topic.TopicName;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.stream.JobDialect;
import dev.headway.server.stream.TopicKind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The topics {@code schedule:{id}} or {@code comparison:{id}}: second names of their jobs' topics.
 *
 * @param of which of the two
 * @param tasks finds them
 */
record TaskTopics(TaskKind of, Tasks tasks) implements TopicKind {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

  @Override
  public String kind() {
    return of.label();
  }

  @Override
  public Optional<Watchable> find(TopicName name, Principal who) {
    var id = number(name.id());
    return tasks
        .watchable(of, id, who)
        .map(found ->
            new Watchable(
                tasks.jobs().topic(found.task().job()),
                new JobDialect(name, false, Map.of(of.idKey(), id))));
  }

  /** The number that a text stands for, written as it is listed; 0, which nothing has, for none. */
  static long number(String text) {
    return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
  }
}
