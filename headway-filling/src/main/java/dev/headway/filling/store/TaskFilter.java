package dev.headway.filling.store;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.JobStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The filter of a list of tasks. Null fields let everything through.
 *
 * @param visibleTo whose tasks
 * @param statuses states of their jobs
 * @param strategy one that they use, by name
 * @param search a part of their names, in any case
 */
public record TaskFilter(
    @Nullable Visibility visibleTo,
    @Nullable Set<JobStatus> statuses,
    @Nullable String strategy,
    @Nullable String search) {}
