package dev.headway.filling.app;

import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskStore;
import dev.headway.server.work.WorkKind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The schedules, or the comparisons, of the database.
 *
 * @param tasks which of the two
 */
record StoredTasks(TaskKind tasks, TaskStore store) implements WorkKind<Task> {
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

  @Override
  public String name() {
    return tasks.label();
  }

  @Override
  public Optional<Task> find(String id) {
    return NUMBER.matcher(id).matches() ? store.find(tasks, Long.parseLong(id)) : Optional.empty();
  }

  @Override
  public Map<String, Object> ids(Task task) {
    return Map.of(tasks.idKey(), task.id());
  }

  @Override
  public String socketPath() {
    return "/ws/" + tasks.label() + "/{id}";
  }

  @Override
  public String location(Task task) {
    return switch (tasks) {
      case SCHEDULE -> "/api/v1/schedule/" + task.id();
      case COMPARISON -> "/api/v1/compare/" + task.id();
    };
  }
}
