package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.Topic;

/**
 * A job together with the cursor that its state stands for.
 *
 * @param job its state
 * @param cursor events after it are not in the state
 */
public record JobSnapshot(Job job, Cursor cursor) {
  static JobSnapshot of(Topic topic) {
    var snapshot = topic.snapshot();
    return new JobSnapshot((Job) snapshot.state(), snapshot.cursor());
  }
}
