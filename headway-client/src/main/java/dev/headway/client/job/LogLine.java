package dev.headway.client.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a job's log.
 *
 * @param number counts from 1 within the job
 * @param at when it was written
 * @param stream {@code stdout}, {@code stderr} or {@code log}
 * @param text without its line end
 */
public record LogLine(long number, @Nullable Instant at, String stream, String text) {}
