package dev.headway.server.work;

import dev.headway.core.job.Job;

/**
 * A resource with its job at one moment.
 *
 * @param <W> the resource's type
 */
public record WorkState<W extends WorkItem>(W item, Job job) {}
