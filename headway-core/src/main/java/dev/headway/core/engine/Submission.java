package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.topic.Cursor;

/**
 * What a creator gets back.
 *
 * @param job the job
 * @param cursor the place from which everything about it can be followed
 * @param created false when an earlier job with the same idempotency key is returned
 */
public record Submission(Job job, Cursor cursor, boolean created) {}
