package dev.headway.core.bus;

import dev.headway.core.port.Bus;
import dev.headway.core.topic.TopicName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A bus over a {@link Carrier}. One thread sends: at once after a pause, and then whatever has come
 * together every few milliseconds; another tells the listeners. The node sends itself a heartbeat
 * on each partition: when it does not come back the link is given up, however sound it looks, and
 * opened anew; then this node reads again, and tells the others to.
 */
public final class RingBus implements Bus {
  /**
   * The pace of a bus.
   *
   * @param linger the shortest time between two messages of a partition
   * @param heartbeat the time between heartbeats
   * @param patience how long a partition may be silent
   * @param pause the longest time between two attempts to connect
   */
  public record Timing(Duration linger, Duration heartbeat, Duration patience, Duration pause) {
    /** What suits a network of one place: silence is noticed within three to four seconds. */
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));
  }

  private static final System.Logger LOG = System.getLogger(RingBus.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final int CAPACITY = 10_000;

  private final Carrier carrier;
  private final String life;
  private final Timing timing;
  private final LongSupplier nanos;
  private final Outbox outbox;
  private final Inbox inbox = new Inbox(CAPACITY);
  private final Thread sending;
  private final Thread telling;
  private final CountDownLatch firstTry = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable BusRefusedException> refusal = new AtomicReference<>();
  private volatile Duration pause = FIRST_PAUSE;
  private boolean first = true;

  private RingBus(Carrier carrier, String life, Timing timing, LongSupplier nanos) {
    this.carrier = carrier;
    this.life = life;
    this.timing = timing;
    this.nanos = nanos;
    this.outbox = new Outbox(CAPACITY, nanos);
    this.sending = Thread.ofPlatform().name("bus-sending").daemon().unstarted(this::keepRinging);
    this.telling = Thread.ofPlatform().name("bus-telling").daemon().unstarted(inbox::tell);
  }

  /**
   * Connects to a bus. When its service cannot be reached, the bus is silent until it can.
   *
   * @param life names this node and its present life: another after each start, without a space
   * @param nanos a clock that never goes back
   * @throws BusRefusedException when the service refuses this node
   */
  public static RingBus open(Carrier carrier, String life, Timing timing, LongSupplier nanos) {
    var bus = new RingBus(carrier, life, timing, nanos);
    bus.sending.start();
    bus.telling.start();
    try {
      bus.firstTry.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    var refused = bus.refusal.get();
    if (refused != null) {
      bus.close();
      throw refused;
    }
    return bus;
  }

  @Override
  public void announce(TopicName topic, long number, byte @Nullable [] body) {
    outbox.add(Ring.of(topic, number, body));
  }

  @Override
  public void listen(Listener listener) {
    inbox.listen(listener);
  }

  @Override
  public boolean carriesProgress() {
    return carrier.carriesProgress();
  }

  @Override
  public boolean ringing() {
    return inbox.ringing();
  }

  private void keepRinging() {
    try {
      do {
        try (var link = new Attempt()) {
          link.ring();
        } catch (IOException | RuntimeException failure) {
          failed(failure);
        }
      } while (!closed.await(nextPause().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      firstTry.countDown();
    }
  }

  private Duration nextPause() {
    var now = pause;
    var next = pause.multipliedBy(2);
    pause = next.compareTo(timing.pause()) < 0 ? next : timing.pause();
    return now;
  }

  private void failed(Exception failure) {
    if (failure instanceof BusRefusedException refused && first) {
      refusal.set(refused);
      firstTry.countDown();
      return;
    }
    outbox.open(false);
    first = false;
    if (inbox.ringing()) {
      inbox.lost(false);
      LOG.log(
          System.Logger.Level.WARNING,
          "The bus {0} is silent: {1}. Other nodes are followed through the database until it rings again",
          carrier.description(),
          failure.getMessage());
    }
    firstTry.countDown();
  }

  @Override
  public void close() {
    closed.countDown();
    outbox.wake();
    try {
      sending.join(timing.patience());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    sending.interrupt();
    telling.interrupt();
    outbox.open(false);
  }

  /** One link, from its opening to its end. */
  private final class Attempt implements Carrier.Receiver, AutoCloseable {
    private final Echoes echoes;
    private final Carrier.Link link;
    private volatile @Nullable String lost;
    private boolean reread = !first;
    private long sent;
    private long beat;

    Attempt() throws IOException {
      echoes = new Echoes(carrier.partitions(), timing.patience().toNanos(), nanos.getAsLong());
      link = carrier.open(this);
      outbox.open(true);
      sent = nanos.getAsLong() - timing.linger().toNanos();
      beat = nanos.getAsLong();
    }

    void ring() throws IOException, InterruptedException {
      while (closed.getCount() > 0) {
        var rings = outbox.take(sent + timing.linger().toNanos(), beat);
        send(rings);
        beat();
        if (lost != null) {
          throw new IOException(lost);
        }
        if (echoes.silent(nanos.getAsLong())) {
          throw new IOException("no answer for " + timing.patience().toMillis() + " ms");
        }
      }
      send(outbox.take(0, 0)); // what was announced before the bus was closed
    }

    private void send(List<Ring> rings) throws IOException {
      if (rings.isEmpty()) {
        return;
      }
      var byPartition = rings.stream().collect(Collectors.groupingBy(this::partition));
      for (var entry : byPartition.entrySet()) {
        send(new Message(life, entry.getKey(), false, entry.getValue()));
      }
      sent = nanos.getAsLong();
    }

    private int partition(Ring ring) {
      return Math.floorMod(ring.topic().hashCode(), carrier.partitions());
    }

    private void send(Message message) throws IOException {
      for (var text : message.texts(carrier.longest())) {
        link.send(message.partition(), text);
      }
    }

    private void beat() throws IOException {
      var now = nanos.getAsLong();
      var overflowed = outbox.overflowed();
      if (now - beat < 0 && !overflowed) {
        return;
      }
      for (var partition = 0; partition < carrier.partitions(); partition++) {
        send(new Message(life, partition, overflowed || reread, List.of()));
      }
      reread = false;
      beat = now + timing.heartbeat().toNanos();
    }

    @Override
    public void received(String text) {
      Message.parse(text)
          .ifPresent(message -> {
            if (message.sender().equals(life)) {
              heardItself(message.partition());
            } else {
              heard(message);
            }
          });
    }

    private void heardItself(int partition) {
      echoes.heard(partition, nanos.getAsLong());
      var expected = firstTry.getCount() > 0 || !inbox.ringing();
      if (expected && echoes.complete()) {
        pause = FIRST_PAUSE;
        inbox.restored();
        firstTry.countDown();
      }
    }

    private void heard(Message message) {
      if (message.reread() && message.partition() == 0) {
        inbox.lost(true);
      }
      inbox.rang(message.rings());
    }

    @Override
    public void lost(String reason) {
      lost = reason;
      outbox.wake();
    }

    @Override
    public void close() {
      link.close();
    }
  }
}
