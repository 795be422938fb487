package dev.headway.core.job;

import java.time.Instant;

/**
 * One line of a job's log.
 *
 * @param number counts from 1 within the job, across attempts
 * @param at when it was written
 * @param stream {@code stdout}, {@code stderr} or {@code log}
 * @param text without line end or control characters, at most 2,000 characters
 */
public record LogLine(long number, Instant at, String stream, String text) {}
