package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Follower;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who follows one topic on one event loop in one dialect, and how far the present pass over them
 * has come. What they are sent is made once for all who are at the same place. Used on its loop.
 */
final class Followers {
  private final TopicGroup group;
  private final Audience audience;
  private final ArrayList<LiveFollowing> list = new ArrayList<>(1);

  /** Those from here on have been served in this pass. */
  private int served;

  /** Whether somebody in this pass was sent only a part of what there is. */
  private boolean partly;

  private @Nullable Run run;
  private long runSaw;

  Followers(TopicGroup group, Audience audience) {
    this.group = group;
    this.audience = audience;
  }

  TopicGroup group() {
    return group;
  }

  private Topic topic() {
    return group.topic();
  }

  boolean are(Audience others) {
    return audience.equals(others);
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  List<LiveFollowing> all() {
    return List.copyOf(list);
  }

  void add(LiveFollowing following) {
    following.placedIn(this, list.size());
    list.add(following);
  }

  /* The last one takes the free place. If a pass is under way, it has been served in it already. */
  void remove(LiveFollowing following) {
    var last = list.removeLast();
    if (!last.equals(following)) {
      list.set(following.index(), last);
      last.placedIn(this, following.index());
    }
    following.placedIn(null, -1);
    if (list.isEmpty()) {
      forget();
    }
  }

  /** Begins a pass over all who follow now. */
  void beginPass() {
    served = list.size();
    partly = false;
  }

  /**
   * Goes on with the pass, up to so many deliveries: each follower is sent everything up to the
   * head as it is now.
   *
   * @return how many deliveries are left; the pass is over unless it is 0
   */
  int serve(int deliveries) {
    if (runSaw != topic().head()) {
      forget();
    }
    var left = deliveries;
    while (left > 0 && served > 0) {
      served--;
      var following = list.get(served);
      if (lacking(following)) {
        deliver(following);
        left--;
      }
      served = Math.min(served, list.size());
    }
    forgetAfterPass();
    return left;
  }

  /** Sends one follower what it lacks. */
  void catchUp(LiveFollowing following) {
    while (following.active() && lacking(following)) {
      deliver(following);
    }
    forgetAfterPass();
  }

  private boolean lacking(LiveFollowing following) {
    return following.position() < topic().head() && following.connection().writable();
  }

  private void deliver(LiveFollowing following) {
    var ready = runFor(following.position());
    if (ready == null) {
      leave(following);
      following.tell(Follower::fellBehind);
      return;
    }
    following.moveTo(ready.to());
    partly |= ready.to() < runSaw;
    if (ready.bytes().isReadable()) {
      following.connection().writeShared(ready.bytes());
    }
    if (ready.last()) {
      leave(following);
      following.tell(Follower::ended);
    }
  }

  private @Nullable Run runFor(long from) {
    var ready = run;
    if (ready != null && ready.from() == from) {
      return ready;
    }
    forget();
    if (topic().covers(from)) {
      runSaw = topic().head();
      run = Run.after(from, topic(), audience, group.memory());
    }
    return run;
  }

  /** Whether there was more for somebody than went into one write. */
  boolean partly() {
    return partly;
  }

  private void forgetAfterPass() {
    if (served == 0) {
      forget();
    }
  }

  private void forget() {
    if (run != null) {
      run.bytes().release();
      run = null;
    }
  }

  private static void leave(LiveFollowing following) {
    following.connection().stopFollowing(following);
  }
}
