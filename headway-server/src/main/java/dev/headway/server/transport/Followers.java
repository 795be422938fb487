package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Watcher;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who follows one topic on one event loop in one dialect, and how far the present pass over them
 * has come. What they are sent is made once for all who are at the same place. Used on its loop.
 */
final class Followers {
  private final TopicGroup group;
  private final Audience audience;
  private final Roster roster = new Roster();

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
    return roster.isEmpty();
  }

  List<LiveFollowing> all() {
    return roster.all();
  }

  void add(LiveFollowing following) {
    following.placedIn(this, roster.add(following, following.start()));
  }

  /* The last one takes the free place. If a pass is under way, it has been served in it already. */
  void remove(LiveFollowing following) {
    var moved = roster.remove(following.index());
    if (moved != null) {
      moved.placedIn(this, following.index());
    }
    following.placedIn(null, -1);
    if (roster.isEmpty()) {
      forget();
    }
  }

  /** Something waits in the channel of the follower at this place: it must not be overtaken. */
  void blocked(int at) {
    roster.free(at, null);
  }

  /** When the follower at this place was last sent something past its channel. */
  long sentAt(int at) {
    return roster.sentAt(at);
  }

  /** Begins a pass over all who follow now. */
  void beginPass() {
    served = roster.size();
    partly = false;
  }

  /**
   * Goes on with the pass, up to so many deliveries: each follower is sent everything up to the
   * head as it is now.
   *
   * @return how many deliveries are left; the pass is over unless it is 0
   */
  int serve(int deliveries) {
    var head = topic().head();
    if (runSaw != head) {
      forget();
    }
    var now = group.now();
    var left = deliveries;
    while (left > 0 && served > 0) {
      served--;
      if (roster.position(served) < head && (passedOn(served, now) || deliver(served))) {
        left--;
      }
      served = Math.min(served, roster.size());
    }
    forgetAfterPass();
    return left;
  }

  /** Sends one follower what it lacks. */
  void catchUp(LiveFollowing following) {
    while (following.followers() != null && deliver(following.index())) {
      // once more: what it lacked may not have gone into one write
    }
    forgetAfterPass();
  }

  /*
   * What nearly every delivery is: the bytes are there already, and nothing waits in the channel.
   * Looks at as little of the follower as it can. True when the bytes went out whole.
   */
  private boolean passedOn(int at, long now) {
    var ready = run;
    var socket = roster.free(at);
    if (socket == null || ready == null || ready.from() != roster.position(at) || ready.last()) {
      return false;
    }
    if (!ready.bytes().isReadable()) {
      return false; // this audience is told of none of the events
    }
    var taken = StraightWrite.write(socket, ready.bytes());
    if (taken == 0) {
      roster.free(at, null);
      return false;
    }
    // First the place: what is written below may make the channel writable and call for more.
    roster.reached(at, ready.to());
    roster.noteSent(at, now);
    partly |= ready.to() < runSaw;
    if (taken < ready.bytes().readableBytes()) {
      roster.free(at, null);
      roster.get(at).connection().writeRest(ready.bytes(), taken);
    }
    return true;
  }

  /** Sends the follower at a place what it lacks, if it can take it; true when it was. */
  private boolean deliver(int at) {
    var following = roster.get(at);
    if (roster.position(at) >= topic().head() || !following.connection().writable()) {
      return false;
    }
    var ready = runFor(roster.position(at));
    if (ready == null) {
      leave(following);
      following.tell(Watcher::fellBehind);
      return true;
    }
    roster.reached(at, ready.to());
    partly |= ready.to() < runSaw;
    if (ready.bytes().isReadable()) {
      roster.free(at, following.connection().writeShared(ready.bytes()));
    }
    if (ready.last()) {
      leave(following);
      following.tell(Watcher::ended);
    }
    return true;
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
