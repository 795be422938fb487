package dev.headway.server.stream;

/** How large a frame may be (10 KB, so that every client and proxy takes it). */
public final class FrameBudget {
  /** Bytes of an outbound frame at most. */
  public static final int FRAME = 10_240;

  /** Bytes of a snapshot at most, leaving room for the reply around it. */
  public static final int SNAPSHOT = FRAME - 512;

  /** What a result or partial result may take of it, leaving room for everything else. */
  public static final int RESULT = 6_000;

  /** What a message may take once a frame is too large, in characters. */
  public static final int SHORT_MESSAGE = 500;

  private FrameBudget() {}
}
