package dev.headway.server.transport.fanout;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Watcher;
import io.netty.channel.unix.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions to one topic on one event loop in one encoding, with their cursors. A batch is
 * encoded once for all cursors at the same offset. Used on its loop.
 */
final class Audience {
  private final Topic topic;
  private final Encoding encoding;
  private final List<Subscription> subscriptions = new ArrayList<>(1);
  private final DeliveryCounts counts;
  private final CursorTable cursors = new CursorTable();

  /** The index from which on all have been served in this pass. */
  private int served;

  /** Whether a batch of this pass did not reach the head. */
  private boolean partly;

  private @Nullable EncodedBatch batch;

  /** The deliveries of the batch that are not counted yet. */
  private int delivered;

  /** Whether events are sent to somebody who was not there when they happened. */
  private boolean joining;

  /** The topic's head when the batch was encoded. */
  private long batchHead;

  Audience(Topic topic, Encoding encoding, DeliveryCounts counts) {
    this.topic = topic;
    this.encoding = encoding;
    this.counts = counts;
  }

  Encoding encoding() {
    return encoding;
  }

  boolean isEmpty() {
    return subscriptions.isEmpty();
  }

  List<Subscription> subscriptions() {
    return List.copyOf(subscriptions);
  }

  boolean holds(Subscription subscription) {
    return subscription.isIn(cursors);
  }

  /** Adds a subscription and sends it everything after its start. */
  void join(Subscription subscription) {
    add(subscription);
    count();
    joining = true;
    catchUp(subscription);
    count();
    joining = false;
  }

  void add(Subscription subscription) {
    subscriptions.add(subscription);
    subscription.joined(cursors, cursors.add(subscription.start()));
  }

  /* The last one takes the free index. If a pass is under way, it has been served in it already. */
  void remove(Subscription subscription) {
    var at = subscription.index();
    var last = subscriptions.removeLast();
    cursors.remove(at);
    if (last != subscription) {
      subscriptions.set(at, last);
      last.joined(cursors, at);
    }
    subscription.left();
    if (subscriptions.isEmpty()) {
      dropBatch();
    }
  }

  /** Begins a pass over all present subscriptions. */
  void beginPass() {
    served = cursors.size();
    partly = false;
  }

  /**
   * Goes on with the pass: sends each subscription everything up to the present head.
   *
   * @param deliveries the number of deliveries to make at most
   * @param now the loop's time in milliseconds
   * @return the number of deliveries left; the pass is over unless it is 0
   */
  int serve(int deliveries, long now) {
    var head = topic.head();
    if (batchHead != head) {
      dropBatch();
    }
    var left = deliveries;
    while (left > 0 && served > 0) {
      served--;
      if (cursors.offset(served) < head && (writeDirectly(served, now) || deliver(served))) {
        left--;
      }
      served = Math.min(served, cursors.size());
    }
    count();
    dropBatchAfterPass();
    return left;
  }

  /** Sends one subscription everything up to the head. */
  void catchUp(Subscription subscription) {
    while (holds(subscription) && deliver(subscription.index())) {
      // once more: the backlog may not have gone into one batch
    }
    dropBatchAfterPass();
  }

  /*
   * The case of nearly every delivery: the batch is there, and the channel's queue is empty. Looks
   * at the arrays alone. Returns whether the batch is on its way.
   */
  private boolean writeDirectly(int at, long now) {
    var ready = batch;
    var socket = cursors.socket(at);
    if (socket == null || ready == null || ready.from() != cursors.offset(at) || ready.last()) {
      return false;
    }
    if (!ready.bytes().isReadable()) {
      return false; // this encoding has a frame for none of the events
    }
    var taken = DirectWrite.write(socket, ready.bytes());
    if (taken == 0) {
      cursors.socket(at, null);
      return false;
    }
    // The cursor moves first: the write below may make the channel writable and call for more.
    moveTo(at, ready);
    cursors.sent(at, now);
    if (taken < ready.bytes().readableBytes()) {
      cursors.socket(at, null);
      writeRest(subscriptions.get(at), ready, taken);
    }
    return true;
  }

  private static void writeRest(Subscription subscription, EncodedBatch batch, int taken) {
    var bytes = batch.bytes();
    var rest = bytes.slice(bytes.readerIndex() + taken, bytes.readableBytes() - taken);
    subscription.outlet().writeShared(rest);
  }

  private void moveTo(int at, EncodedBatch sent) {
    cursors.moveTo(at, sent.to());
    delivered++;
    partly |= sent.to() < batchHead;
  }

  /** Sends the next batch if the connection can take it; returns whether there may be more. */
  private boolean deliver(int at) {
    var subscription = subscriptions.get(at);
    var outlet = subscription.outlet();
    if (cursors.offset(at) >= topic.head() || !outlet.writable()) {
      return false;
    }
    var ready = batchFor(cursors.offset(at));
    if (ready == null) {
      end(subscription, Watcher::fellBehind);
      return true;
    }
    moveTo(at, ready);
    if (ready.bytes().isReadable()) {
      allowDirectWrites(subscription, outlet.writeShared(ready.bytes()));
    }
    if (ready.last()) {
      end(subscription, Watcher::ended);
    }
    return true;
  }

  private void allowDirectWrites(Subscription subscription, @Nullable Socket socket) {
    if (holds(subscription)) {
      cursors.socket(subscription.index(), socket);
    }
  }

  private @Nullable EncodedBatch batchFor(long from) {
    var ready = batch;
    if (ready != null && ready.from() == from) {
      return ready;
    }
    dropBatch();
    if (topic.covers(from, encoding.dialect().lines())) {
      batchHead = topic.head();
      batch = EncodedBatch.after(from, topic, encoding);
    }
    return batch;
  }

  private void end(Subscription subscription, Consumer<Watcher> callback) {
    if (holds(subscription)) {
      remove(subscription);
      callback.accept(subscription.watcher());
    }
  }

  /** Ends all subscriptions: the topic's subject was deleted. */
  void endAll() {
    for (var subscription : subscriptions()) {
      catchUp(subscription); // events may still wait for the end of a rest
      end(subscription, Watcher::removed);
    }
  }

  /** Returns whether a subscription lacks events that did not go into its batch. */
  boolean partly() {
    return partly;
  }

  private void dropBatchAfterPass() {
    if (served == 0) {
      dropBatch();
    }
  }

  /* What is counted now was sent within a slice, about half a millisecond. */
  private void count() {
    if (batch != null && delivered > 0 && batch.bytes().isReadable()) {
      counts.delivered(batch, delivered);
      if (!joining) {
        counts.timed(batch, delivered);
      }
    }
    delivered = 0;
  }

  private void dropBatch() {
    count();
    if (batch != null) {
      batch.bytes().release();
      batch = null;
    }
  }
}
