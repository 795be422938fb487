package dev.headway.server.transport.fanout;

import dev.headway.core.topic.Topic;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The fan-out of one topic on one event loop. However many events are appended while the loop is
 * busy, it wakes once and passes over the subscriptions once; each is sent its whole backlog in one
 * write. Between the slices of a pass the loop serves its sockets, and events that are appended
 * meanwhile go along to the subscriptions that are still to be served. Used on its loop, except for
 * the listener's methods.
 */
public final class TopicFanout implements Topic.Listener {
  /** The number of deliveries in a slice: about half a millisecond's. */
  private static final int SLICE = 64;

  private static final long LONGEST_REST_MS = 8;

  /** The time without an event after which a burst is over. */
  private static final long QUIET_MS = 1;

  private final Topic topic;
  private final EventLoop loop;
  private final LongSupplier ticker;
  private final Consumer<TopicFanout> whenEmpty;
  private final DeliveryCounts counts;
  private final List<Audience> audiences = new ArrayList<>(1);
  private final AtomicBoolean passing = new AtomicBoolean();
  private final Runnable pass = this::pass;
  private final Runnable slice = this::slice;
  private final Runnable afterRest = this::afterRest;
  private long began;
  private long headBefore;
  private long headAtStart;
  private long headAtRest;
  private volatile long restsUntil;

  /**
   * @param ticker the loop's time in milliseconds; never goes back
   * @param whenEmpty called when the last subscription has ended
   * @param counts the loop's deliveries
   */
  public TopicFanout(
      Topic topic,
      EventLoop loop,
      LongSupplier ticker,
      Consumer<TopicFanout> whenEmpty,
      DeliveryCounts counts) {
    this.topic = topic;
    this.loop = loop;
    this.ticker = ticker;
    this.whenEmpty = whenEmpty;
    this.counts = counts;
  }

  /** The topic. */
  public Topic topic() {
    return topic;
  }

  @Override
  public void appended() {
    if (!passing.compareAndSet(false, true)) {
      return;
    }
    var rest = restsUntil - ticker.getAsLong();
    if (rest > 0) {
      var _ = LoopTasks.schedule(loop, afterRest, rest);
    } else {
      LoopTasks.execute(loop, pass);
    }
  }

  @Override
  public void removed() {
    LoopTasks.execute(
        loop,
        () -> {
          List.copyOf(audiences).forEach(Audience::endAll);
          dropEmptyAudiences();
        });
  }

  /** Adds a subscription and sends it the events after its start. */
  public void add(Subscription subscription, Encoding encoding) {
    audience(encoding).join(subscription);
    dropEmptyAudiences();
  }

  private Audience audience(Encoding encoding) {
    for (var audience : audiences) {
      if (audience.encoding().equals(encoding)) {
        return audience;
      }
    }
    var audience = new Audience(topic, encoding, counts);
    audiences.add(audience);
    return audience;
  }

  /** Sends a subscription everything up to the head, if its connection can take it. */
  public void catchUp(Subscription subscription) {
    forAudienceOf(subscription, audience -> audience.catchUp(subscription));
  }

  /** Removes a subscription; does nothing if it has ended. */
  public void remove(Subscription subscription) {
    forAudienceOf(subscription, audience -> audience.remove(subscription));
  }

  private void forAudienceOf(Subscription subscription, Consumer<Audience> action) {
    for (var audience : audiences) {
      if (audience.holds(subscription)) {
        action.accept(audience);
        break;
      }
    }
    dropEmptyAudiences();
  }

  private void dropEmptyAudiences() {
    audiences.removeIf(Audience::isEmpty);
    if (audiences.isEmpty()) {
      whenEmpty.accept(this);
    }
  }

  /* A burst that is still coming is waited for, so that it goes out whole. */
  private void afterRest() {
    var before = headAtRest;
    headAtRest = topic.head();
    if (headAtRest > before && ticker.getAsLong() < restsUntil + LONGEST_REST_MS) {
      var _ = loop.schedule(afterRest, QUIET_MS, TimeUnit.MILLISECONDS);
    } else {
      pass();
    }
  }

  private void pass() {
    began = ticker.getAsLong();
    headBefore = headAtStart;
    headAtStart = topic.head();
    audiences.forEach(Audience::beginPass);
    slice();
  }

  /*
   * Events that come faster than they are passed on would each find the loop just before or after
   * them, and cost a write each. So a topic rests as long as its pass took, up to a limit, whenever
   * the pass had several to carry, and the next carries more. A single event is never held up.
   */
  private void rest() {
    if (headAtStart - headBefore > 1) {
      var now = ticker.getAsLong();
      restsUntil = now + Math.min(now - began, LONGEST_REST_MS);
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
      afterSockets(slice);
    } else if (topic.head() > headAtStart || partly()) {
      appended();
    }
  }

  /** Runs an action when the loop has served its sockets, at the end of its queue. */
  private void afterSockets(Runnable action) {
    ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(() -> loop.execute(action));
  }

  /** Makes the deliveries of a slice; returns whether the pass is over. */
  private boolean serve() {
    var now = ticker.getAsLong();
    var left = SLICE;
    var at = audiences.size();
    while (at > 0 && left > 0) {
      at = Math.min(at, audiences.size()) - 1; // a write may end subscriptions
      left = at < 0 ? left : audiences.get(at).serve(left, now);
    }
    dropEmptyAudiences();
    return left > 0;
  }

  private boolean partly() {
    for (var audience : audiences) {
      if (audience.partly()) {
        return true;
      }
    }
    return false;
  }
}
