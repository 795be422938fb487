package dev.headway.client.time;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Clock, scheduler and randomness. Tests pass their own.
 *
 * @param clock tells the time
 * @param scheduler runs tasks later
 * @param random spreads reconnects
 */
public record Timing(InstantSource clock, Scheduler scheduler, RandomGenerator random) {}
