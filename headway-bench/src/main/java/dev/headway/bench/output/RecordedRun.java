package dev.headway.bench.output;

import dev.headway.bench.workload.Findings;

/**
 * One run of one workload on one server.
 *
 * @param workload its name
 * @param server the server's name
 * @param round from 1
 * @param report what it has shown
 */
public record RecordedRun(String workload, String server, int round, Findings report) {}
