package dev.headway.filling.model;

/**
 * The moments of a block, in microseconds after the schedule's start.
 *
 * @param clean when its clean begins
 * @param setups when the changeover before each lot begins; the first lot has none
 * @param fills when the filling of each lot begins
 * @param end when its last lot is filled
 */
@SuppressWarnings("ArrayRecordComponent") // Made anew for each block, never changed or compared.
public record BlockTimes(long clean, long[] setups, long[] fills, long end) {}
