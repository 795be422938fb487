package dev.headway.spc.mqtt;

import dev.headway.spc.input.MachineSignal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a message carries for a signal.
 *
 * @param signal the signal
 * @param value the value
 * @param takenAt when it was measured; null when the message does not say
 * @param groupKey values of one subgroup have the same; empty when the signal has no such path
 */
record MachineValue(
    MachineSignal signal, double value, @Nullable Instant takenAt, String groupKey) {}
