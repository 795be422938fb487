package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The unsent reports of a worker: the newest progress, and a bounded number of log lines. When the
 * server is away for long, the oldest lines are dropped and counted. Thread-safe.
 */
public final class Outbox {
  /** Keeps a call's body well under the server's limit of 1 MiB. */
  private static final int MOST_CHARACTERS = 200_000;

  /** Begins the lines that stand for missing ones. */
  private static final String MARK = "[headway]";

  private final int capacity;
  private final ArrayDeque<Output> lines = new ArrayDeque<>();
  private @Nullable Report report;
  private long dropped;

  /**
   * @param capacity the most lines that wait, from 1
   */
  public Outbox(int capacity) {
    this.capacity = capacity;
  }

  /**
   * The content of one exchange.
   *
   * @param report the newest progress; null when there is none that has not been sent
   * @param lines in order, at most {@link Lease#MOST_LINES}
   * @param dropped how many lines the first one stands for; 0 when it is a line like the others
   */
  public record Batch(@Nullable Report report, List<Output> lines, long dropped) {
    Batch withoutLines() {
      return new Batch(report, List.of(), 0);
    }
  }

  /** Adds a report. */
  public synchronized void add(Report next) {
    report = report == null ? next : next.after(report);
  }

  /** Adds a line to the log. */
  public synchronized void add(Output line) {
    var last = lines.peekLast();
    if (last != null && last.joins(line)) {
      lines.removeLast();
      lines.addLast(last.with(line));
    } else {
      lines.addLast(line);
      trim();
    }
  }

  /** Takes the next batch. */
  public synchronized Batch take() {
    var taken = new ArrayList<Output>();
    var missing = dropped;
    if (missing > 0) {
      taken.add(Output.log("%s %d lines were left out here".formatted(MARK, missing)));
      dropped = 0;
    }
    var characters = 0;
    while (taken.size() < Lease.MOST_LINES && characters < MOST_CHARACTERS && !lines.isEmpty()) {
      characters += lines.getFirst().text().length();
      taken.add(lines.removeFirst());
    }
    var batch = new Batch(report, List.copyOf(taken), missing);
    report = null;
    return batch;
  }

  /** Puts back an unsent batch; newer reports win. */
  public synchronized void restore(Batch batch) {
    if (batch.report() != null) {
      report = report == null ? batch.report() : report.after(batch.report());
    }
    var marker = batch.dropped() > 0 ? 1 : 0;
    for (var last = batch.lines().size() - 1; last >= marker; last--) {
      lines.addFirst(batch.lines().get(last));
    }
    dropped += batch.dropped();
    trim();
  }

  /** Puts a line that says so in the place of lines that the server refused. */
  synchronized void refused(List<Output> refused, ApiException reason) {
    if (!refused.get(0).text().startsWith(MARK)) {
      lines.addFirst(
          Output.log(
              "%s %d lines were refused here: %s"
                  .formatted(MARK, refused.size(), reason.getMessage())));
    }
  }

  /** Whether everything has been sent. */
  public synchronized boolean isEmpty() {
    return report == null && lines.isEmpty();
  }

  private void trim() {
    while (lines.size() > capacity) {
      lines.removeFirst();
      dropped++;
    }
  }
}
