package dev.headway.filling.app;

import dev.headway.core.job.Job;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskState;

/** A task with its job as it is now. */
record Found(Task task, Job job) {
  TaskState state() {
    return TaskState.of(task, job);
  }
}
