/**
 * What is measured: one small class behind {@link dev.headway.bench.workload.Workload} for each. To
 * add one: write the class, and name it in {@link dev.headway.bench.workload.Workloads#ALL}; the
 * command, its help, the tables and the JSON take it from there. A workload asks its {@link
 * dev.headway.bench.workload.BenchContext} for a server and for watchers, measures, and returns a
 * {@link dev.headway.bench.workload.Findings}: rows of named figures with units.
 */
@NullMarked
package dev.headway.bench.workload;

import org.jspecify.annotations.NullMarked;
