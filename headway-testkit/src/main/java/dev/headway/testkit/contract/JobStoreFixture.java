package dev.headway.testkit.contract;

import dev.headway.core.port.JobStore;

/** A {@link JobStore} to test, and sample jobs in it. */
interface JobStoreFixture {
  /** The store under test, empty at first. */
  JobStore store();

  /** Makes jobs in the store. */
  SampleJobs jobs();
}
