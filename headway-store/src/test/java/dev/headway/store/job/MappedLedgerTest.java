package dev.headway.store.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Progress;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.port.ProgressLedger.Entry;
import dev.headway.testkit.contract.SampleJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappedLedgerTest {
  private static final Instant AT = Instant.parse("2026-11-30T12:00:00.123456789Z");

  @TempDir private Path folder = Path.of("");

  private final SampleJobs samples = new SampleJobs(new InMemoryJobStore());

  private Path file() {
    return folder.resolve("progress.ledger");
  }

  private Job reported(Job job, Progress progress) {
    return job.withReport(progress, AT.plusSeconds(30), AT, job.position().reports() + 1);
  }

  private static Progress percent(double percent) {
    return new Progress(percent, null, "", null, null, null, null, null);
  }

  private static Entry entry(Job job) {
    return new Entry(
        job.id(), job.version(), job.position().reports(), job.progress(), AT.plusSeconds(30), AT);
  }

  /* A ledger that is not closed is what a killed process leaves behind. */
  private List<Entry> leftByAKilledProcess() {
    return MappedLedger.open(file()).left();
  }

  @Test
  void write_processKilled_newestReportIsLeft() {
    var everything =
        new Progress(
            60.5,
            "b",
            "ä",
            3L,
            4L,
            new Eta(1, 0.5, 2),
            new Json("{\"a\":1}"),
            new Progress.Begin(Instant.parse("2026-11-30T10:00:00.123456Z"), 12.5));
    var full = reported(samples.running(SampleJobs.spec("noop", null), "w"), everything);
    var bare = reported(samples.running(SampleJobs.spec("noop", null), "w"), percent(20));
    var ledger = MappedLedger.open(file());
    ledger.write(reported(full, percent(20)));
    ledger.write(bare);
    ledger.write(full);

    assertThat(leftByAKilledProcess()).containsExactlyInAnyOrder(entry(full), entry(bare));
  }

  @Test
  void write_killedInTheMiddle_leavesTheReportBefore() throws IOException {
    var job = samples.running(SampleJobs.spec("noop", null), "w");
    var ledger = MappedLedger.open(file());
    ledger.write(reported(job, percent(20)));
    ledger.write(reported(job, percent(60)));
    var bytes = Files.readAllBytes(file());
    var newest = newerHalf(bytes);
    bytes[newest + 30] ^= 1;
    Files.write(file(), bytes, StandardOpenOption.TRUNCATE_EXISTING);

    assertThat(leftByAKilledProcess()).containsExactly(entry(reported(job, percent(20))));
  }

  private static int newerHalf(byte[] bytes) {
    for (var slot = 0; slot < bytes.length; slot += 4_096) {
      if (bytes[slot] != 0) {
        return bytes[slot] > bytes[slot + 2_048] ? slot : slot + 2_048;
      }
    }
    throw new AssertionError("no slot was written");
  }

  @Test
  void erase_stored_isNotLeft() {
    var job = reported(samples.running(SampleJobs.spec("noop", null), "w"), percent(20));
    var ledger = MappedLedger.open(file());
    ledger.write(job);
    ledger.erase(job.id());
    ledger.erase(UUID.randomUUID());

    assertThat(leftByAKilledProcess()).isEmpty();
  }

  @Test
  void write_reportTooLargeForASlot_isNotLeftNorTheOneBefore() {
    var job = samples.running(SampleJobs.spec("noop", null), "w");
    var large = new Json("{\"a\":\"" + "x".repeat(3_000) + "\"}");
    var ledger = MappedLedger.open(file());
    ledger.write(reported(job, percent(20)));
    ledger.write(reported(job, new Progress(60.0, null, "", null, null, null, large, null)));

    assertThat(leftByAKilledProcess()).isEmpty();
  }

  @Test
  void close_nothingLeft_deletesTheFile() throws IOException {
    var ledger = MappedLedger.open(file());
    var job = reported(samples.running(SampleJobs.spec("noop", null), "w"), percent(20));
    ledger.write(job);
    ledger.close();
    assertThat(file()).exists();

    var next = MappedLedger.open(file());
    next.erase(job.id());
    next.close();
    assertThat(file()).doesNotExist();
  }

  @Test
  void write_moreJobsThanSlots_keepsThoseThatFit() {
    var job = samples.running(SampleJobs.spec("noop", null), "w");
    var ledger = MappedLedger.open(file());
    for (var i = 0; i < 4_100; i++) {
      ledger.write(renamed(job, new UUID(7, i)));
    }

    assertThat(leftByAKilledProcess()).hasSize(4_096);
  }

  @Test
  void write_diskIsFull_leavesNothingUntilThereIsSpace() {
    var full = new AtomicBoolean();
    var first = reported(samples.running(SampleJobs.spec("noop", null), "w"), percent(20));
    var second = reported(samples.running(SampleJobs.spec("noop", null), "w"), percent(30));
    var ledger =
        MappedLedger.open(
            file(),
            _ -> {
              if (full.get()) {
                throw new IOException("No space left on device");
              }
            });
    ledger.write(first);
    full.set(true);
    ledger.write(second);
    assertThat(leftByAKilledProcess()).containsExactly(entry(first));

    full.set(false);
    ledger.write(second);
    assertThat(leftByAKilledProcess()).containsExactlyInAnyOrder(entry(first), entry(second));
  }

  @Test
  void open_newFile_isItsOwnersAlone() throws IOException {
    MappedLedger.open(file());
    assertThat(Files.getPosixFilePermissions(file()))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  }

  private Job renamed(Job job, UUID id) {
    return new Job(
        id,
        job.spec(),
        job.status(),
        job.attempt(),
        job.steps(),
        percent(1),
        job.lease(),
        job.pastLeases(),
        null,
        null,
        job.times(),
        null,
        job.version(),
        job.position());
  }
}
