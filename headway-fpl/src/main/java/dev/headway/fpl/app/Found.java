package dev.headway.fpl.app;

import dev.headway.core.job.Job;
import dev.headway.fpl.store.StoredAnalysis;

/** An analysis with its job as it is now. */
record Found(StoredAnalysis analysis, Job job) {}
