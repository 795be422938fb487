package dev.headway.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.testkit.contract.SampleJobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of jobs that were removed without a word, for example by another server. */
final class FileSweepTest {
  @TempDir private Path root = Path.of("");

  @Test
  void sweep_jobsThatAreNoMore_loseTheirFilesAndOthersKeepThem() throws Exception {
    var jobs = new InMemoryJobStore();
    var kept = new SampleJobs(jobs).waiting(SampleJobs.spec("render", null)).id();
    var gone = new UUID(1, 1);
    var store = new FolderFileStore(root);
    put(store, kept);
    put(store, gone);
    var files = new JobFiles(store, FileSettings.DEFAULT, jobs, Runnable::run);

    assertThat(files.sweep()).isEqualTo(1);

    assertThat(store.jobs()).containsExactly(kept);
    assertThat(files.list(kept)).hasSize(1);
    assertThat(files.sweep()).isZero();
  }

  private static void put(FolderFileStore store, UUID job) throws IOException {
    store.put(job, "a", new ByteArrayInputStream(new byte[3]), 3);
  }
}
