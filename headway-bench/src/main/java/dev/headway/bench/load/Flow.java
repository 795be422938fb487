package dev.headway.bench.load;

import java.net.InetSocketAddress;

/**
 * A topic under load: how it is published to and watched, when each of its messages was sent, and
 * how many watchers still lack it. Belongs to the generator's loop while there is a load.
 */
public final class Flow {
  /** How many messages are remembered; more than are ever on their way. */
  private static final int REMEMBERED = 1 << 10;

  private static final int MASK = REMEMBERED - 1;

  /** Told when every watcher has a message. */
  interface Completion {
    void completed(Flow flow);
  }

  private final Source source;
  private Script script;
  private long resumesAfter = -1;
  private final long[] sentAt = new long[REMEMBERED];
  private final int[] lacking = new int[REMEMBERED];
  private long newest = Publication.FIRST;
  private int watchers;
  private Completion completion = _ -> {};

  /**
   * How a topic is published to.
   *
   * @param server the server, for watchers as well
   * @param publishAt where messages are published
   * @param publication the bytes of a message
   * @param preface what a connection begins with; empty for HTTP, whose requests are answered
   */
  public record Source(
      InetSocketAddress server,
      InetSocketAddress publishAt,
      Publication publication,
      String preface) {
    /** Published over HTTP where it is watched. */
    public static Source http(InetSocketAddress server, Publication publication) {
      return new Source(server, server, publication, "");
    }

    boolean answered() {
      return preface.isEmpty();
    }
  }

  /** A topic of which nothing has been published by this program. */
  public Flow(Source source, Script script) {
    this.source = source;
    this.script = script;
  }

  /** How it is published to. */
  public Source source() {
    return source;
  }

  /** How it is watched. */
  public Script script() {
    return script;
  }

  /** The newest message's number. */
  public long newest() {
    return newest;
  }

  /**
   * From now on, watchers are sent what came after a message.
   *
   * @param number the message that they have; -1 for those that begin now
   * @param how what they say for that
   */
  public void resumeAfter(long number, Script how) {
    resumesAfter = number;
    script = how;
  }

  long resumesAfter() {
    return resumesAfter;
  }

  void watchedBy(int count) {
    watchers = count;
  }

  void onCompletion(Completion listener) {
    completion = listener;
  }

  /** Notes that the next message goes out, as if it had been at the moment it was due. */
  long next(long dueNanos) {
    newest++;
    var slot = (int) (newest & MASK);
    sentAt[slot] = dueNanos;
    lacking[slot] = watchers;
    return newest;
  }

  /** When a message was sent; -1 when that is forgotten. */
  long sentAt(long number) {
    return newest - number < REMEMBERED ? sentAt[(int) (number & MASK)] : -1;
  }

  /** Notes that one watcher has reached a message from an earlier one. */
  void reached(long before, long number) {
    for (var each = Math.max(before + 1, newest - MASK); each <= number; each++) {
      var slot = (int) (each & MASK);
      lacking[slot]--;
      if (lacking[slot] == 0) {
        completion.completed(this);
      }
    }
  }
}
