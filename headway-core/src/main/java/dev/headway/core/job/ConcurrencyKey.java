package dev.headway.core.job;

/**
 * A key under which at most so many jobs of one owner run at once, whatever their queues and types.
 * Those that wait begin in the order of their queue.
 *
 * @param name the owner's own name for it
 * @param limit the number of jobs that may run at once, from 1
 */
public record ConcurrencyKey(String name, int limit) {}
