package dev.headway.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.bus.Carrier;
import dev.headway.core.bus.RingBus;
import dev.headway.core.bus.RingBus.Timing;
import dev.headway.core.port.Bus;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.HeardRings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that a bus over a {@link Carrier} must do. Extend it and hand out carriers to one
 * service, and the faults of one of them.
 */
public abstract class BusContract {
  private static final Timing PATIENT = timing(Duration.ofSeconds(20));
  private static final Timing QUICK = timing(Duration.ofMillis(700));
  private static final TopicName JOB = new TopicName("job", "1");

  private final List<Bus> buses = new ArrayList<>();

  private static Timing timing(Duration patience) {
    return new Timing(
        Duration.ofMillis(10), Duration.ofMillis(50), patience, Duration.ofMillis(200));
  }

  /** A carrier to the service. */
  protected abstract Carrier sound();

  /** A carrier to the same service whose connections fail as the methods below say. */
  protected abstract Carrier faulty();

  /** Lets no byte of the faulty carrier's connections through, which stay open; or again. */
  protected abstract void silence(boolean on);

  /** Cuts the faulty carrier's connections and takes no new ones; or again. */
  protected abstract void away(boolean on);

  private Bus node(String name) {
    return opened(sound(), name, PATIENT);
  }

  private Bus opened(Carrier carrier, String name, Timing timing) {
    var bus = RingBus.open(carrier, name, timing, System::nanoTime);
    buses.add(bus);
    return bus;
  }

  private static HeardRings listening(Bus bus) {
    var heard = new HeardRings();
    bus.listen(heard);
    return heard;
  }

  private static void awaitHeard(HeardRings heard, String... expected) {
    await().untilAsserted(() -> assertThat(heard.all()).contains(expected));
  }

  @AfterEach
  void leave() {
    silence(false);
    away(false);
    buses.forEach(Bus::close);
  }

  @Test
  void announce_allOtherNodesHearIt_itselfDoesNot() {
    var one = node("one");
    var own = listening(one);
    var two = listening(node("two"));
    var three = node("three");
    var third = listening(three);

    one.announce(JOB, 5, null);

    awaitHeard(two, "job:1 5");
    awaitHeard(third, "job:1 5");
    three.announce(JOB, 6, null); // by its arrival, its own ring would have come back, too
    awaitHeard(own, "job:1 6");
    assertThat(own.all()).containsExactly("job:1 6");
  }

  @Test
  void announce_withBody_itArrives() {
    var one = node("one");
    var two = listening(node("two"));

    one.announce(JOB, 5, "Grüße, 50 %\n".getBytes(StandardCharsets.UTF_8));

    awaitHeard(two, "job:1 5 Grüße, 50 %\n");
  }

  @Test
  void announce_bodyThatIsTooLong_leavesTheNumber() {
    var carrier = sound();
    var one = opened(carrier, "one", PATIENT);
    var two = listening(node("two"));

    one.announce(JOB, 5, new byte[carrier.longest() + 1]);

    awaitHeard(two, "job:1 5");
  }

  @Test
  void announce_moreTopicsThanOneMessageHolds_allArrive() {
    var one = node("one");
    var two = listening(node("two"));

    var topics = IntStream.range(0, 2_000).mapToObj(at -> topic("lot-" + at)).toList();
    topics.forEach(topic -> one.announce(topic, 1, null));

    var expected = topics.stream().map(topic -> topic + " 1").toList();
    await()
        .untilAsserted(() -> assertThat(two.all()).containsExactlyInAnyOrderElementsOf(expected));
  }

  @Test
  void announce_oneTopicAgainAndAgain_theNewestArrivesLast() {
    var one = node("one");
    var two = listening(node("two"));

    for (var number = 1; number <= 1_000; number++) {
      one.announce(JOB, number, null);
    }

    await().untilAsserted(() -> assertThat(two.all()).endsWith("job:1 1000"));
    assertThat(two.all()).doesNotHaveDuplicates();
  }

  @Test
  void away_isTold_andAnnouncingStillReturns_andReadingAgainFollows() {
    var cutOff = opened(faulty(), "cut-off", QUICK);
    var heard = listening(cutOff);
    var other = node("other");
    var others = listening(other);

    away(true);
    awaitHeard(heard, "interrupted");
    assertThat(cutOff.ringing()).isFalse();
    cutOff.announce(JOB, 1, null);
    other.announce(JOB, 2, null);
    away(false);

    awaitHeard(heard, "interrupted", "restored");
    awaitHeard(others, "interrupted", "restored"); // what was announced meanwhile is to be read
    awaitRing(other, heard, topic("later"));
    awaitRing(cutOff, others, topic("later"));
  }

  @Test
  void silentConnection_isNoticedThoughItIsOpen() {
    var halfOpen = opened(faulty(), "half-open", QUICK);
    var heard = listening(halfOpen);
    var other = node("other");

    silence(true);
    awaitHeard(heard, "interrupted");
    silence(false);

    awaitHeard(heard, "interrupted", "restored");
    awaitRing(other, heard, topic("later"));
  }

  @Test
  void open_whileTheServiceIsAway_ringsOnceItIsThere() {
    var carrier = faulty();
    away(true);
    var bus = opened(carrier, "early", QUICK);
    var heard = listening(bus);
    awaitHeard(heard, "interrupted");

    away(false);

    awaitHeard(heard, "interrupted", "restored");
    awaitRing(node("other"), heard, topic("later"));
  }

  @Test
  void listener_thatFails_theOthersHear() {
    var one = node("one");
    var two = node("two");
    two.listen(new Failing());
    var heard = listening(two);

    one.announce(JOB, 5, null);

    awaitHeard(heard, "job:1 5");
  }

  @Test
  void listener_thatIsSlow_isToldToReadAgainInsteadOfEverything() {
    var one = node("one");
    var two = node("two");
    var slow = new Slow();
    two.listen(slow);
    var heard = listening(two);
    one.announce(topic("first"), 1, null);
    awaitBegun(slow);

    var sent = IntStream.range(0, 12_000).mapToObj(at -> topic("many-" + at)).toList();
    for (var from = 0; from < sent.size(); from += 1_000) {
      announceAll(one, sent.subList(from, from + 1_000));
    }
    slow.goOn.countDown();

    awaitHeard(heard, "interrupted", "restored");
    assertThat(heard.all()).hasSizeLessThan(12_000);
  }

  /* A thousand at a time, waiting for a third node to hear them: the sender's own queue is short. */
  private void announceAll(Bus from, List<TopicName> topics) {
    var witness = node("witness-" + buses.size());
    var heard = listening(witness);
    topics.forEach(topic -> from.announce(topic, 1, null));
    var expected = topics.stream().map(topic -> topic + " 1").toList();
    Set<String> missing = new HashSet<>(expected);
    await()
        .until(() -> {
          heard.all().forEach(missing::remove);
          return missing.isEmpty();
        });
    witness.close();
  }

  @Test
  void close_othersGoOn() {
    var one = node("one");
    var two = listening(node("two"));
    var three = node("three");

    one.announce(JOB, 1, null);
    one.close();
    one.announce(JOB, 2, null);
    three.announce(JOB, 3, null);

    awaitHeard(two, "job:1 3");
    assertThat(two.all()).doesNotContain("job:1 2");
  }

  private static TopicName topic(String id) {
    return new TopicName("job", id);
  }

  /* On a busy machine the link may be given up once more, and the ring be lost with it. */
  private static void awaitRing(Bus from, HeardRings heard, TopicName topic) {
    await()
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> {
          from.announce(topic, 1, null);
          assertThat(heard.all()).contains(topic + " 1");
        });
  }

  private static void awaitBegun(Slow slow) {
    await().until(() -> slow.begun.getCount() == 0);
  }

  private static final class Failing implements Bus.Listener {
    @Override
    public void rang(TopicName topic, long number, byte @Nullable [] body) {
      throw new IllegalStateException("This listener fails, as the test wants");
    }

    @Override
    public void interrupted() {}

    @Override
    public void restored() {}
  }

  private static final class Slow implements Bus.Listener {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public void rang(TopicName topic, long number, byte @Nullable [] body) {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void interrupted() {}

    @Override
    public void restored() {}
  }
}
