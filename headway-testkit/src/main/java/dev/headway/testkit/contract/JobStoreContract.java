package dev.headway.testkit.contract;

import dev.headway.core.port.JobStore;
import org.junit.jupiter.api.BeforeEach;

/** Everything that a {@link JobStore} must do. Extend it and hand out an empty store. */
public abstract class JobStoreContract
    implements JobWriteContract,
        JobQueueContract,
        QueueRuleContract,
        JobWatchContract,
        JobListContract,
        JobEventContract,
        JobHistoryContract {
  private JobStore store;
  private SampleJobs jobs;

  /** An empty store, new for each test. */
  protected abstract JobStore emptyStore();

  @BeforeEach
  void openStore() {
    store = emptyStore();
    jobs = new SampleJobs(store);
  }

  @Override
  public JobStore store() {
    return store;
  }

  @Override
  public SampleJobs jobs() {
    return jobs;
  }
}
