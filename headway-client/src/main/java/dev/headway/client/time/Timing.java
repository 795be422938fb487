package dev.headway.client.time;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * All that makes a run differ from another: tests pass their own.
 *
 * @param clock tells the time
 * @param scheduler runs tasks later
 * @param random spreads reconnects
 */
public record Timing(InstantSource clock, Scheduler scheduler, RandomGenerator random) {}
