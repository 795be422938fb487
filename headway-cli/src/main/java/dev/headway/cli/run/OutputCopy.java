package dev.headway.cli.run;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a command's output, cut into segments by a thread of its own, so that the output itself
 * is never held up. Of a flood, some is read in each tick, so that it costs little more than
 * passing it on: while more than {@value #MOST} pieces wait, the oldest is left out, and a segment
 * in its place says so. Thread-safe.
 */
final class OutputCopy {
  /** Of up to 64 KiB each: 4 MiB. */
  static final int MOST = 64;

  /** The bytes that are read in a tick: 10 MiB a second, more than a job's log takes. */
  static final int MOST_READ = 1024 * 1024;

  private static final long TICK_MILLIS = 100;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A piece of output; its bytes are used again once it has been read. */
  private static final class Piece {
    final byte[] bytes;
    int length;

    Piece(int size) {
      bytes = new byte[size];
    }

    private void fill(byte[] from, int count) {
      System.arraycopy(from, 0, bytes, 0, count);
      length = count;
    }
  }

  private final OutputSplitter splitter;
  private final LongSupplier nanos;
  private final Thread thread;
  private final ArrayDeque<Piece> waiting = new ArrayDeque<>();
  private final ArrayDeque<Piece> free = new ArrayDeque<>();
  private int made;
  private long leftOut;
  private boolean ended;
  private long tick;
  private long readInTick;

  /**
   * @param nanos a clock that is never set, in nanoseconds
   */
  OutputCopy(OutputSplitter splitter, LongSupplier nanos) {
    this.splitter = splitter;
    this.nanos = nanos;
    this.tick = nanos.getAsLong();
    this.thread = Thread.ofPlatform().daemon().name("run-copy").start(this::run);
  }

  /**
   * Takes the next piece.
   *
   * @param buffer of the same size in every call
   */
  synchronized void take(byte[] buffer, int length) {
    var piece = free.poll();
    if (piece == null) {
      piece = made < MOST ? new Piece(buffer.length) : oldest();
      made = Math.min(MOST, made + 1);
    }
    piece.fill(buffer, length);
    waiting.add(piece);
    if (waiting.size() == 1) {
      notifyAll(); // with more of them, the reader waits for the next tick, or not at all
    }
  }

  private Piece oldest() {
    var piece = waiting.remove();
    leftOut += piece.length;
    return piece;
  }

  /** Takes the end of the output, and waits until everything has been read. */
  void end() throws InterruptedException {
    synchronized (this) {
      ended = true;
      notifyAll();
    }
    thread.join();
  }

  private void run() {
    try {
      for (var piece = next(null); piece != null; piece = next(piece)) {
        read(piece);
      }
      splitter.end();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault in reading the copy must not end it. */
  private void read(Piece piece) {
    try {
      sayWhatIsLeftOut();
      splitter.take(piece.bytes, piece.length);
    } catch (RuntimeException fault) {
      var present = Thread.currentThread();
      present.getUncaughtExceptionHandler().uncaughtException(present, fault);
    }
  }

  private void sayWhatIsLeftOut() {
    long bytes;
    synchronized (this) {
      bytes = leftOut;
      leftOut = 0;
    }
    if (bytes > 0) {
      splitter.note("[%,d bytes of output came too fast for this log]".formatted(bytes));
    }
  }

  private synchronized @Nullable Piece next(@Nullable Piece read) throws InterruptedException {
    if (read != null) {
      free.add(read);
    }
    var pause = pauseMillis();
    while (!ended && (waiting.isEmpty() || pause > 0)) {
      wait(pause); // 0 is until notified
      pause = pauseMillis();
    }
    var piece = waiting.poll();
    readInTick += piece == null ? 0 : piece.length;
    return piece;
  }

  /** The time until the next tick; 0 while more may be read in this one. */
  private long pauseMillis() {
    var passed = (nanos.getAsLong() - tick) / NANOS_PER_MILLI;
    if (passed >= TICK_MILLIS) {
      tick = nanos.getAsLong();
      readInTick = 0;
    }
    return readInTick < MOST_READ ? 0 : TICK_MILLIS - passed;
  }
}
