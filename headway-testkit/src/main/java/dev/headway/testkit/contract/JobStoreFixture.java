package dev.headway.testkit.contract;

import dev.headway.core.port.JobStore;

/** What the tests of a {@link JobStore} work on. */
interface JobStoreFixture {
  /** The store under test, empty at first. */
  JobStore store();

  /** Makes jobs in the store. */
  SampleJobs jobs();
}
