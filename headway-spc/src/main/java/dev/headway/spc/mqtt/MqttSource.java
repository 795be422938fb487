package dev.headway.spc.mqtt;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.mqtt.SampleMessages.Outcome;
import dev.headway.spc.store.SpcStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes samples from an MQTT broker. A message is acknowledged when its sample has been committed,
 * or when it has been found to be none; until then the broker delivers it again. Bad messages are
 * counted, logged, and answered under their topic's {@code rejected}.
 */
public final class MqttSource implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MqttSource.class);
  private static final int WAITING = 1_000;
  private static final int PORTION = 500;
  private static final int SHOWN = 500;

  private final BlockingQueue<Delivery> queue = new ArrayBlockingQueue<>(WAITING);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final SampleMessages messages;
  private final BrokerLink link;
  private final MeterRegistry meters;
  private final RetryPause retry;
  private final Thread taking;
  private final SparkplugNodes nodes = new SparkplugNodes();

  /**
   * A source that has not been started.
   *
   * @param charts tell what is known already
   * @param intake stores samples
   * @param store has the signals
   * @param meters count messages
   */
  public MqttSource(
      MqttSettings settings,
      LiveCharts charts,
      Intake intake,
      SpcStore store,
      MeterRegistry meters,
      InstantSource clock) {
    this.link = new BrokerLink(settings, queue, closed);
    var reader = new SignalReader(nodes, link);
    this.messages = new SampleMessages(settings, charts, intake, reader, store, clock);
    this.meters = meters;
    this.retry = new RetryPause(settings.pause(), closed);
    link.follow(messages.follow());
    this.taking = Thread.ofPlatform().daemon().name("mqtt-samples").unstarted(this::takeAll);
    meters.gauge("headway.spc.mqtt.connected", link, present -> present.connected() ? 1 : 0);
    List.of(Outcome.class.getPermittedSubclasses()).forEach(this::counter);
  }

  /** Begins to connect and to take samples in; returns at once. */
  public void start() {
    link.start();
    taking.start();
  }

  /** Goes over to the signals as they are stored now. */
  public void follow() {
    link.follow(messages.follow());
  }

  /** The Sparkplug nodes and devices that were heard of. */
  public List<SparkplugNodes.NodeState> nodes() {
    return nodes.list();
  }

  /** Tries a message again that was refused; returns everything that is wrong with it still. */
  public List<Defect> retry(String topic, byte[] payload) {
    var delivery = new Delivery(topic, payload, true, false, Delivery.NOWHERE);
    return messages.take(List.of(delivery)).getFirst() instanceof Outcome.Refused(var defects)
        ? defects
        : List.of();
  }

  private void takeAll() {
    try {
      while (closed.getCount() > 0) {
        var first = queue.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          var portion = new ArrayList<Delivery>();
          portion.add(first);
          queue.drainTo(portion, PORTION - 1);
          // What came over a connection that is gone will come again.
          portion.removeIf(delivery -> !delivery.origin().open());
          take(portion);
        } else {
          gather();
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("No more samples are taken from the broker");
    }
  }

  private void gather() {
    try {
      messages.gather();
    } catch (RuntimeException failed) {
      LOG.warn("Values could not be gathered into samples; they are tried again", failed);
    }
  }

  private void take(List<Delivery> portion) throws InterruptedException {
    var pending = !portion.isEmpty();
    while (pending) {
      pending = !settled(portion) && retry.pause();
    }
  }

  /** Deals with messages; false when they are to be tried again after a while. */
  private boolean settled(List<Delivery> portion) throws InterruptedException {
    try {
      settle(portion, messages.take(portion));
      retry.reset();
      return true;
    } catch (RuntimeException failed) {
      if (failed instanceof HeadwayException told && told.code().retryable()) {
        LOG.warn("Samples from the broker could not be stored; they are tried again", failed);
        return false;
      }
      takeSingly(portion, failed);
      return true;
    }
  }

  /** One message must not keep the others out. */
  private void takeSingly(List<Delivery> portion, RuntimeException failure)
      throws InterruptedException {
    if (portion.size() == 1) {
      LOG.error("A message of {} could not be taken in", portion.getFirst().topic(), failure);
      var defect = Defect.ofField("payload", "the server failed at it; its log says why");
      settle(portion, List.of(new Outcome.Refused(List.of(defect))));
      return;
    }
    for (var delivery : portion) {
      take(List.of(delivery));
    }
  }

  private void settle(List<Delivery> portion, List<Outcome> outcomes) {
    for (var at = 0; at < portion.size(); at++) {
      var delivery = portion.get(at);
      var outcome = outcomes.get(at);
      if (outcome instanceof Outcome.Refused refused) {
        reject(delivery, refused);
      }
      counter(outcome.getClass()).increment();
      delivery.origin().acknowledge();
    }
  }

  private Counter counter(Class<?> outcome) {
    var name = outcome.getSimpleName().toLowerCase(Locale.ROOT);
    return meters.counter("headway.spc.mqtt.messages", "outcome", name);
  }

  private record Rejection(List<Defect> errors, String payload) {}

  private void reject(Delivery delivery, Outcome.Refused refused) {
    LOG.warn("No sample under {}: {}", delivery.topic(), refused.defects());
    var text = new String(delivery.payload(), StandardCharsets.UTF_8);
    var answer =
        new Rejection(refused.defects(), text.substring(0, Math.min(SHOWN, text.length())));
    link.publish(delivery.topic() + "/rejected", JsonCodec.bytes(answer));
  }

  /** Stops; what has not been taken in by now, the broker delivers at the next start. */
  @Override
  public void close() {
    closed.countDown();
    link.close();
    taking.interrupt();
    try {
      taking.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
