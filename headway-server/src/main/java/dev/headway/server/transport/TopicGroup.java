package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Watcher;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The followers of one topic on one event loop. However many events are appended while the loop is
 * busy, it is woken once and passes over the followers once; each is sent all that it lacks by then
 * in one write. Between the slices of a pass the loop looks after its sockets, and what is appended
 * meanwhile goes along to those whose turn is still to come. Used on its loop, but for the
 * listener's methods.
 */
final class TopicGroup implements Topic.Listener {
  /** How many deliveries the loop makes at a stretch: about half a millisecond's. */
  private static final int SLICE = 64;

  private static final long LONGEST_REST = 8;

  /** How long nothing may be appended until a burst counts as over. */
  private static final long QUIET = 1;

  private final Topic topic;
  private final LoopFanout fanout;
  private final ArrayList<Followers> audiences = new ArrayList<>(1);
  private final AtomicBoolean passing = new AtomicBoolean();
  private final Runnable pass = this::pass;
  private final Runnable slice = this::slice;
  private final Runnable afterRest = this::afterRest;
  private long began;
  private long headBefore;
  private long headAtStart;
  private long headAtRest;
  private volatile long restsUntil;

  TopicGroup(Topic topic, LoopFanout fanout) {
    this.topic = topic;
    this.fanout = fanout;
  }

  Topic topic() {
    return topic;
  }

  /** Milliseconds of the loop's clock. */
  long now() {
    return fanout.now();
  }

  ByteBufAllocator memory() {
    return fanout.memory();
  }

  @Override
  public void appended() {
    if (!passing.compareAndSet(false, true)) {
      return;
    }
    var rest = restsUntil - now();
    if (rest > 0) {
      var _ = fanout.loop().schedule(afterRest, rest, TimeUnit.MILLISECONDS);
    } else {
      fanout.loop().execute(pass);
    }
  }

  @Override
  public void removed() {
    fanout.loop().execute(this::disband);
  }

  /** Takes a follower in and sends it what it lacks. */
  void add(LiveFollowing following, Audience audience) {
    var followers = followers(audience);
    followers.add(following);
    followers.catchUp(following);
  }

  private Followers followers(Audience audience) {
    for (var followers : audiences) {
      if (followers.are(audience)) {
        return followers;
      }
    }
    var followers = new Followers(this, audience);
    audiences.add(followers);
    return followers;
  }

  /** Lets go of followers of whom nobody is left; true when that were the last ones. */
  boolean dropIfEmpty(Followers followers) {
    if (followers.isEmpty()) {
      audiences.remove(followers);
    }
    return audiences.isEmpty();
  }

  /* A burst that is still coming is waited for, so that it goes out whole. */
  private void afterRest() {
    var before = headAtRest;
    headAtRest = topic.head();
    if (headAtRest > before && now() < restsUntil + LONGEST_REST) {
      var _ = fanout.loop().schedule(afterRest, QUIET, TimeUnit.MILLISECONDS);
    } else {
      pass();
    }
  }

  private void pass() {
    began = now();
    headBefore = headAtStart;
    headAtStart = topic.head();
    audiences.forEach(Followers::beginPass);
    slice();
  }

  /*
   * Events that come faster than they are passed on would each find the loop just before or after
   * them, and cost a write each. So a topic rests as long as its pass took, up to a limit, whenever
   * the pass had several to carry, and the next carries more. What comes alone is never held up.
   */
  private void rest() {
    if (headAtStart - headBefore > 1) {
      var now = now();
      restsUntil = now + Math.min(now - began, LONGEST_REST);
    }
  }

  private void slice() {
    var over = true;
    try {
      over = serve();
      if (over) {
        rest();
      }
    } finally {
      passing.set(!over);
    }
    if (!over) {
      fanout.afterSockets(slice);
    } else if (topic.head() > headAtStart || partly()) {
      appended();
    }
  }

  /** Serves as many as make a slice; true when the pass is over. */
  private boolean serve() {
    var left = SLICE;
    for (var at = audiences.size() - 1; at >= 0 && left > 0; at--) {
      left = audiences.get(at).serve(left);
    }
    return left > 0;
  }

  private boolean partly() {
    for (var followers : audiences) {
      if (followers.partly()) {
        return true;
      }
    }
    return false;
  }

  /* What was appended before may still be resting. */
  private void disband() {
    for (var followers : List.copyOf(audiences)) {
      for (var following : followers.all()) {
        followers.catchUp(following);
        if (following.active()) {
          following.connection().stopFollowing(following);
          following.tell(Watcher::removed);
        }
      }
    }
  }
}
