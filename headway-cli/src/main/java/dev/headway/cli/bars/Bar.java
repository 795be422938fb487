package dev.headway.cli.bars;

import dev.headway.client.job.Eta;
import dev.headway.client.stream.JobState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a bar.
 *
 * @param label names the work
 * @param mark how it is
 * @param percent 0 to 100; null when unknown
 * @param step the step it is in; empty when it has none
 * @param message what it says it is doing, or why it failed; may be empty
 * @param eta the time left; null when unknown
 */
public record Bar(
    String label,
    Mark mark,
    @Nullable Double percent,
    String step,
    String message,
    @Nullable Eta eta) {

  /** A piece of work as a bar. */
  public static Bar of(String label, JobState state) {
    var error = state.error();
    var says = Objects.requireNonNullElse(state.message(), "");
    var mark = mark(state);
    return new Bar(
        label,
        mark,
        state.percent(),
        mark.ended() ? "" : Objects.requireNonNullElse(state.step(), ""),
        mark == Mark.FAILED && error != null ? error : says,
        state.eta());
  }

  private static Mark mark(JobState state) {
    return switch (state.status()) {
      case COMPLETED -> Mark.DONE;
      case FAILED -> Mark.FAILED;
      case CANCELLED -> Mark.CANCELLED;
      case PENDING, QUEUED, IN_PROGRESS, UNKNOWN -> {
        if (state.cancelRequested()) {
          yield Mark.STOPPING;
        }
        if (state.stalled()) {
          yield Mark.STALLED;
        }
        yield switch (state.status()) {
          case IN_PROGRESS -> Mark.RUNNING;
          case PENDING, QUEUED, COMPLETED, FAILED, CANCELLED, UNKNOWN -> Mark.WAITING;
        };
      }
    };
  }

  /** The step and the message in one. */
  String text() {
    if (step.isEmpty() || step.equals(message)) {
      return message;
    }
    return message.isEmpty() ? step : step + ": " + message;
  }
}
