package dev.headway.core.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure that the caller may see. The message is safe to show: it names values and
 * remedies, never internals. What only the log should know goes into the cause.
 */
public final class HeadwayException extends RuntimeException {
  private final ErrorCode code;
  private final transient List<Defect> defects;
  private final @Nullable Duration retryAfter;
  private final boolean retryable;

  /** A failure with a safe message. */
  public HeadwayException(ErrorCode code, String safeMessage) {
    this(code, safeMessage, List.of());
  }

  /** A failure with every defect of the input. */
  public HeadwayException(ErrorCode code, String safeMessage, List<Defect> defects) {
    super(safeMessage);
    this.code = code;
    this.defects = List.copyOf(defects);
    this.retryAfter = null;
    this.retryable = code.retryable();
  }

  /** A failure with a safe message whose cause is for the log alone. */
  public HeadwayException(ErrorCode code, String safeMessage, Throwable cause) {
    super(safeMessage, cause);
    this.code = code;
    this.defects = List.of();
    this.retryAfter = null;
    this.retryable = code.retryable();
  }

  private HeadwayException(
      ErrorCode code, String safeMessage, @Nullable Duration retryAfter, boolean retryable) {
    super(safeMessage);
    this.code = code;
    this.defects = List.of();
    this.retryAfter = retryAfter;
    this.retryable = retryable;
  }

  /** A refusal that need not be one later: too many requests, draining, a part not answering. */
  public static HeadwayException later(ErrorCode code, String safeMessage, Duration retryAfter) {
    return new HeadwayException(code, safeMessage, retryAfter, code.retryable());
  }

  /** A failure of work that has tried often enough by itself: no further attempt is made. */
  public static HeadwayException exhausted(ErrorCode code, String safeMessage) {
    return new HeadwayException(code, safeMessage, null, false);
  }

  /** Nothing there, or not the caller's: the two look the same. */
  public static HeadwayException notFound(String what) {
    return new HeadwayException(ErrorCode.NOT_FOUND, what + " not found");
  }

  /** Wrong values in well-formed input; the first defect is the message. */
  public static HeadwayException invalid(List<Defect> defects) {
    return new HeadwayException(ErrorCode.VALIDATION_ERROR, summary(defects), defects);
  }

  /** One wrong value in well-formed input. */
  public static HeadwayException invalid(String field, String message) {
    return invalid(List.of(Defect.ofField(field, message)));
  }

  /** Input that cannot be right in itself; the first defect is the message. */
  public static HeadwayException badInput(List<Defect> defects) {
    return new HeadwayException(ErrorCode.INVALID_INPUT, summary(defects), defects);
  }

  private static String summary(List<Defect> defects) {
    if (defects.isEmpty()) {
      return "The input is not valid";
    }
    var first = defects.getFirst().message();
    return defects.size() == 1 ? first : first + " (and " + (defects.size() - 1) + " more)";
  }

  /** The code that the caller sees. */
  public ErrorCode code() {
    return code;
  }

  /** All that is wrong with the input; empty for failures that are not about input. */
  public List<Defect> defects() {
    return defects;
  }

  /** Whether another attempt at the same work may succeed. */
  public boolean retryable() {
    return retryable;
  }

  /** After how long the same request may succeed, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The text that may be shown to the caller. */
  public String safeMessage() {
    var message = getMessage();
    return message == null ? code.name() : message;
  }

  /** The text for a log, in one line: with the cause of all causes, which callers are not shown. */
  public String logText() {
    Throwable deepest = this;
    for (var next = getCause(); next != null; next = next.getCause()) {
      deepest = next;
    }
    return deepest == this ? safeMessage() : "%s (%s)".formatted(safeMessage(), deepest);
  }
}
