package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.LogLine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Logs, past durations and the removal of old jobs. */
interface JobHistoryContract extends JobStoreFixture {
  private LogLine line(long number) {
    return new LogLine(number, jobs().clock().instant(), "stdout", "Zeile " + number + " 🏭");
  }

  private List<LogLine> lines(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(this::line).toList();
  }

  @Test
  default void log_noLines_isEmpty() {
    var job = jobs().waiting(spec("noop", null));

    assertThat(store().log(job.id(), 0, 10)).isEmpty();
    assertThat(store().appendLog(job.id(), List.of())).isEmpty();
    assertThat(store().find(job.id())).contains(job);
  }

  @Test
  default void log_afterNumber_inOrderUpToTheLimit() {
    var job = jobs().waiting(spec("noop", null));
    var other = jobs().waiting(spec("noop", null));
    store().appendLog(job.id(), lines(1, 3));
    store().appendLog(other.id(), lines(1, 1));
    assertThat(store().appendLog(job.id(), lines(4, 12))).isEqualTo(lines(4, 12));

    assertThat(store().log(job.id(), 0, 100)).isEqualTo(lines(1, 12));
    assertThat(store().log(job.id(), 9, 2)).isEqualTo(lines(10, 11));
    assertThat(store().log(job.id(), 12, 10)).isEmpty();
    assertThat(lastLine(job)).isEqualTo(12);
  }

  @Test
  default void log_ofOneStream_isThatStreamAlone() {
    var job = jobs().waiting(spec("noop", null));
    var now = jobs().clock().instant();
    store().appendLog(job.id(), lines(1, 2));
    store().appendLog(job.id(), LogLine.all(now, "answer", List.of("a", "b")));
    store().appendLog(job.id(), LogLine.all(now, "answer", List.of("c\n")));

    assertThat(store().log(job.id(), "answer", 0, 10))
        .extracting(LogLine::number, LogLine::text)
        .containsExactly(tuple(3L, "ab"), tuple(4L, "c\n"));
    assertThat(store().log(job.id(), "answer", 3, 10)).hasSize(1);
    assertThat(store().log(job.id(), "answer", 0, 1)).hasSize(1);
    assertThat(store().log(job.id(), "other", 0, 10)).isEmpty();
  }

  private long lastLine(Job job) {
    return store().find(job.id()).orElseThrow().position().line();
  }

  @Test
  default void appendLog_byManyAtOnce_numbersEachLineOnce() {
    var job = jobs().waiting(spec("noop", null));

    var added =
        AtOnce.all(
            IntStream.range(0, 20).boxed().toList(),
            _ -> store().appendLog(job.id(), lines(1, 3)).getFirst().number());

    assertThat(added).doesNotHaveDuplicates();
    assertThat(store().log(job.id(), 0, 100)).extracting(LogLine::number).hasSize(60).isSorted();
    assertThat(lastLine(job)).isEqualTo(60);
  }

  @Test
  default void appendLog_thenProgressAndATransition_leaveTheNumberOfTheLastLine() {
    var job = jobs().running(spec("noop", null), "worker");
    store().appendLog(job.id(), lines(1, 3));

    var reported = jobs().reported(job, 10, "behind the log");
    store().storeProgress(List.of(reported));
    assertThat(lastLine(job)).isEqualTo(3);
    jobs().completed(store().find(job.id()).orElseThrow());

    assertThat(lastLine(job)).isEqualTo(3);
  }

  @Test
  default void appendLog_unknownOrEndedJob_addsNothing() {
    var id = UUID.fromString("01900000-0000-7000-8000-000000000000");
    var ended = jobs().completed(spec("noop", null));

    assertThat(store().appendLog(id, lines(1, 1))).isEmpty();
    assertThat(store().appendLog(ended.id(), lines(1, 1))).isEmpty();
    assertThat(store().log(id, 0, 10)).isEmpty();
    assertThat(store().log(ended.id(), 0, 10)).isEmpty();
  }

  @Test
  default void delete_job_takesItsLogAlong() {
    var job = jobs().running(spec("noop", null), "worker");
    store().appendLog(job.id(), lines(1, 3));
    jobs().completed(store().find(job.id()).orElseThrow());
    store().delete(job.id());

    assertThat(store().log(job.id(), 0, 10)).isEmpty();
  }

  @Test
  default void durations_completedJobsOfType_newestFirst() {
    for (var seconds = 1; seconds <= 4; seconds++) {
      var job = jobs().running(spec("noop", null), "worker");
      jobs().clock().advance(Duration.ofSeconds(seconds));
      jobs().completed(job);
    }
    jobs().failed(jobs().running(spec("noop", null), "worker"));
    jobs().completed(spec("other", null));
    jobs().running(spec("noop", null), "worker");

    assertThat(store().durations("noop", 3))
        .containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofSeconds(2));
    assertThat(store().durations("none", 3)).isEmpty();
  }

  @Test
  default void durations_fractions_areExactToTheMicrosecond() {
    var job = jobs().running(spec("noop", null), "worker");
    jobs().clock().advance(Duration.ofNanos(1_234_567_000));
    jobs().completed(job);

    assertThat(store().durations("noop", 1)).containsExactly(Duration.ofNanos(1_234_567_000));
  }

  @Test
  default void purge_olderThanMoment_onlyEndedOnesWithTheirLogs() {
    var waiting = jobs().waiting(spec("noop", null));
    var running = jobs().running(spec("noop", null), "worker");
    var old = jobs().running(spec("noop", null), "worker");
    store().appendLog(old.id(), lines(1, 3));
    jobs().completed(store().find(old.id()).orElseThrow());
    jobs().clock().advance(Duration.ofSeconds(1));
    var edge = jobs().failed(jobs().running(spec("noop", null), "worker"));
    var moment = jobs().clock().instant();

    assertThat(store().purge(moment)).isEqualTo(1);
    assertThat(store().purge(moment)).isZero();
    assertThat(store().find(old.id())).isEmpty();
    assertThat(store().log(old.id(), 0, 10)).isEmpty();
    assertThat(List.of(waiting, running, edge))
        .allSatisfy(job -> assertThat(store().find(job.id())).contains(job));
  }

  @Test
  default void purge_manyJobs_removesAll() {
    IntStream.range(0, 1_234).forEach(_ -> store().insert(cancelled(), List.of()));

    assertThat(store().purge(jobs().clock().instant().plusSeconds(1))).isEqualTo(1_234);
    assertThat(store().purge(jobs().clock().instant().plusSeconds(1))).isZero();
  }

  private Job cancelled() {
    return jobs().decided(jobs().unstored(spec("noop", null)), new Command.RequestCancel(false));
  }
}
