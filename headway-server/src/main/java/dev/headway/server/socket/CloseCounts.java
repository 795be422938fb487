package dev.headway.server.socket;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The number of connections that were closed since the start, by code and side. Thread-safe. */
public final class CloseCounts {
  /** All codes that are not in {@link #CODES}, which clients choose freely. */
  public static final int OTHER = 0;

  /** The codes that are counted each for itself, and {@link #OTHER}. */
  public static final List<Integer> CODES =
      List.of(
          CloseCodes.NORMAL,
          CloseCodes.GOING_AWAY,
          CloseCodes.UNSUPPORTED_DATA,
          CloseCodes.ABNORMAL,
          CloseCodes.POLICY,
          CloseCodes.TOO_BIG,
          CloseCodes.INTERNAL,
          CloseCodes.RESTART,
          CloseCodes.TRY_LATER,
          CloseCodes.TOKEN_EXPIRED,
          CloseCodes.FORBIDDEN,
          CloseCodes.NOT_AUTHENTICATED,
          CloseCodes.REVOKED,
          CloseCodes.TOO_SLOW,
          OTHER);

  /** The side that began a close. */
  public enum Side {
    /** This server. */
    SERVER,
    /** The client, also by going without a word. */
    CLIENT;

    /** Its name in the metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<Side, Map<Integer, LongAdder>> counts = new EnumMap<>(Side.class);

  /** Counts from now on. */
  public CloseCounts() {
    for (var side : Side.values()) {
      counts.put(
          side,
          CODES.stream().collect(Collectors.toMap(Function.identity(), _ -> new LongAdder())));
    }
  }

  /** Counts a connection that a side has closed. */
  public void count(Side by, int code) {
    counter(by, CODES.contains(code) ? code : OTHER).increment();
  }

  /**
   * The number of connections that a side has closed.
   *
   * @param code one of {@link #CODES}
   */
  public long of(Side by, int code) {
    return counter(by, code).sum();
  }

  private LongAdder counter(Side by, int code) {
    var found = counts.getOrDefault(by, Map.of()).get(code);
    if (found == null) {
      throw new IllegalArgumentException("The code " + code + " is not counted for itself");
    }
    return found;
  }
}
