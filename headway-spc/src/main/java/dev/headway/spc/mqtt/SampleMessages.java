package dev.headway.spc.mqtt;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.JsonSampleReader;
import dev.headway.spc.input.MachinePayload;
import dev.headway.spc.input.MachineSignal;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.store.RefusedStore.RefusedMessage;
import dev.headway.spc.store.SignalStore.WaitingValue;
import dev.headway.spc.store.SpcStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns messages into samples and takes them in, several in one transaction. Messages under the
 * settings' own topic are whole samples; others carry values for signals, some of which are
 * gathered into subgroups first. Safe for use by any thread; blocks on the store.
 */
final class SampleMessages {
  private static final Logger LOG = LoggerFactory.getLogger(SampleMessages.class);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ID = "characteristic_id";
  private static final int SHOWN = 1_000;
  private static final int LARGEST = 1 << 20;
  private static final Outcome TOO_LARGE =
      new Outcome.Refused(List.of(Defect.ofField("payload", "is larger than 1 MiB")));
  private static final String SPARKPLUG = "spBv1.0/#";

  private final MqttSettings settings;
  private final LiveCharts charts;
  private final Intake intake;
  private final JsonSampleReader reader;
  private final SignalReader signalReader;
  private final SpcStore store;
  private final InstantSource clock;
  private volatile List<MachineSignal> signals;

  /**
   * @param signalReader reads values of signals
   * @param store has the signals, and keeps what waits or is refused
   */
  SampleMessages(
      MqttSettings settings,
      LiveCharts charts,
      Intake intake,
      SignalReader signalReader,
      SpcStore store,
      InstantSource clock) {
    this.settings = settings;
    this.charts = charts;
    this.intake = intake;
    this.reader = new JsonSampleReader(charts::definition);
    this.signalReader = signalReader;
    this.store = store;
    this.clock = clock;
    this.signals = store.signals().list();
  }

  /** Reads the signals anew and returns their topics. */
  Set<String> follow() {
    signals = store.signals().list();
    var topics = new TreeSet<String>();
    for (var signal : signals) {
      topics.add(signal.topic());
      if (signal.isSparkplug()) {
        topics.add(SPARKPLUG); // certificates of birth and death, too
      }
    }
    return topics;
  }

  /** The outcome of a message. */
  sealed interface Outcome {
    /** Its sample is stored. */
    record Taken() implements Outcome {}

    /** Its sample had been stored already. */
    record Repeated() implements Outcome {}

    /** It is no sample that can be taken in. */
    record Refused(List<Defect> defects) implements Outcome {}
  }

  /**
   * Takes messages in.
   *
   * @return what became of each, in their order; all of it has been committed
   */
  synchronized List<Outcome> take(List<Delivery> deliveries) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var outcomes = new ArrayList<Outcome>(deliveries.size());
    var good = new ArrayList<NewSample>(deliveries.size());
    var waiting = new ArrayList<WaitingValue>();
    for (var line = 0; line < deliveries.size(); line++) {
      var delivery = deliveries.get(line);
      outcomes.add(
          delivery.payload().length > LARGEST
              ? TOO_LARGE
              : MqttTopic.isMatched(settings.topic(), delivery.topic())
                  ? outcome(line, delivery, good)
                  : signalled(line, delivery, good, waiting));
    }
    store.signals().keep(waiting);
    refusals(good)
        .forEach(
            (line, defects) -> outcomes.set(Math.toIntExact(line), new Outcome.Refused(defects)));
    gather();
    for (var at = 0; at < deliveries.size(); at++) {
      if (outcomes.get(at) instanceof Outcome.Refused(var defects)) {
        refuse(deliveries.get(at).topic(), deliveries.get(at).payload(), defects, now);
      }
    }
    return outcomes;
  }

  private void refuse(String topic, byte[] payload, List<Defect> defects, Instant now) {
    var kept = payload.length > LARGEST ? Arrays.copyOf(payload, SHOWN) : payload;
    store.refused().keep(new RefusedMessage(0, topic, kept, defects, now));
  }

  private Outcome outcome(int line, Delivery delivery, List<NewSample> good) {
    return switch (read(line, delivery)) {
      case RefusedRow(_, var defects) -> new Outcome.Refused(defects);
      case NewSample row when known(delivery, row) -> new Outcome.Repeated();
      case NewSample row -> {
        good.add(row);
        yield new Outcome.Taken();
      }
    };
  }

  private Outcome signalled(
      int line, Delivery delivery, List<NewSample> good, List<WaitingValue> waiting) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var own = signals.stream().filter(signal -> signal.fits(delivery.topic())).toList();
    var reading = signalReader.read(delivery, own, now);
    var defects = new ArrayList<>(reading.defects());
    for (var value : reading.values()) {
      var signal = value.signal();
      if (signal.gatherSeconds() != null) {
        var taken = value.takenAt() == null ? now : value.takenAt();
        waiting.add(new WaitingValue(0, signal.id(), value.groupKey(), value.value(), taken, now));
        continue;
      }
      switch (sample(line, value)) {
        case RefusedRow(_, var found) -> defects.addAll(found);
        case NewSample row when known(delivery, row) -> LOG.debug("A value came again");
        case NewSample row -> good.add(row);
      }
    }
    return defects.isEmpty() ? new Outcome.Taken() : new Outcome.Refused(defects);
  }

  private SampleRow sample(int line, MachineValue value) {
    var sample = NODES.objectNode();
    sample.put(ID, value.signal().characteristicId());
    sample.set("measurements", NODES.arrayNode().add(value.value()));
    if (value.takenAt() != null) {
      sample.put("timestamp", value.takenAt().toString());
    }
    return reader.read(line, sample);
  }

  /** Takes in the subgroups that are complete, or whose time is up. */
  synchronized void gather() {
    var waiting = new LinkedHashMap<Long, List<WaitingValue>>();
    store
        .signals()
        .waiting()
        .forEach(
            value -> waiting.computeIfAbsent(value.signalId(), _ -> new ArrayList<>()).add(value));
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    waiting.forEach(
        (id, values) -> store.signals().find(id).ifPresent(signal -> gather(signal, values, now)));
  }

  private void gather(MachineSignal signal, List<WaitingValue> values, Instant now) {
    var definition = charts.definition(signal.characteristicId());
    if (definition == null) {
      return;
    }
    var complete = new Gathering(signal, definition).complete(values, now);
    var good = new ArrayList<NewSample>();
    var refused = new HashMap<Long, List<Defect>>();
    for (var gathered : complete) {
      switch (gathered.row()) {
        case NewSample row -> good.add(row);
        case RefusedRow(var line, var defects) -> refused.put(line, defects);
      }
    }
    refused.putAll(refusals(good));
    for (var gathered : complete) {
      var defects = refused.get(gathered.row().line());
      if (defects != null) {
        var numbers = gathered.values().stream().map(WaitingValue::value).toList();
        refuse(signal.topic(), JsonCodec.bytes(numbers), defects, now);
      }
      store.signals().forget(gathered.values().stream().map(WaitingValue::id).toList());
    }
  }

  /** Stores what can be stored and returns what cannot. */
  private Map<Long, List<Defect>> refusals(List<NewSample> rows) {
    var refused = new HashMap<Long, List<Defect>>();
    if (!rows.isEmpty()) {
      intake.possible(
          rows,
          acceptance -> {
            acceptance.refused().forEach(bad -> refused.put(bad.line(), bad.defects()));
            return null;
          });
    }
    return refused;
  }

  private SampleRow read(int line, Delivery delivery) {
    try {
      var sample = MachinePayload.sample(delivery.payload());
      var topicId = id(settings.id(delivery.topic()));
      var named = sample.path(ID);
      if (!named.isMissingNode() && !named.equals(topicId)) {
        return bad(line, ID, named + " is not the topic's, " + topicId);
      }
      if (delivery.retained() && !sample.has("timestamp")) {
        return bad(line, "timestamp", "is missing; without it a retained message is no sample");
      }
      sample.set(ID, topicId);
      return reader.read(line, sample);
    } catch (HeadwayException unreadable) {
      return bad(line, "payload", unreadable.safeMessage());
    }
  }

  private static SampleRow bad(int line, String field, String message) {
    return new RefusedRow(line, List.of(Defect.ofField(field, message)));
  }

  private static JsonNode id(String level) {
    return level.matches("[0-9]{1,18}")
        ? JsonCodec.parse(level.getBytes(StandardCharsets.US_ASCII))
        : NODES.stringNode(level);
  }

  /* What the broker delivers again may have been stored before it could be told so. */
  private boolean known(Delivery delivery, NewSample row) {
    var at = row.timestamp();
    if (at == null || !(delivery.again() || delivery.retained())) {
      return false;
    }
    var latest = charts.state(row.characteristicId()).map(CharacteristicState::latest);
    return latest.orElse(List.of()).stream()
        .map(JudgedSample::sample)
        .filter(sample -> sample.timestamp().equals(at.truncatedTo(ChronoUnit.MICROS)))
        .anyMatch(sample -> sample.observation().equals(row.observation()));
  }
}
