package dev.headway.server.stream;

/** The sizes of outbound frames: at most 10 KB, which every client and proxy takes. */
public final class FrameBudget {
  /** Bytes of an outbound frame at most. */
  public static final int FRAME = 10_240;

  /** Bytes of a snapshot at most, leaving room for the reply around it. */
  public static final int SNAPSHOT = FRAME - 512;

  /** Bytes of a result or partial result in a frame at most. */
  public static final int RESULT = 6_000;

  /** Characters of a text at most, once its frame is too large. */
  public static final int SHORT_MESSAGE = 500;

  private FrameBudget() {}
}
