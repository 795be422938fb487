package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.topic.Cursor;

/**
 * The answer to a submission.
 *
 * @param job the job
 * @param cursor the cursor from which all of its events follow
 * @param created false when an earlier job with the same idempotency key is returned
 */
public record Submission(Job job, Cursor cursor, boolean created) {}
