package dev.headway.spc.mqtt;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.JsonCodec;
import dev.headway.spc.chart.JudgedSample;
import dev.headway.spc.input.JsonSampleReader;
import dev.headway.spc.input.MachinePayload;
import dev.headway.spc.input.NewSample;
import dev.headway.spc.input.RefusedRow;
import dev.headway.spc.input.SampleRow;
import dev.headway.spc.live.CharacteristicState;
import dev.headway.spc.live.Intake;
import dev.headway.spc.live.LiveCharts;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns messages into samples and takes them in, several in one transaction. Used by one thread;
 * blocks on the store.
 */
final class SampleMessages {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String ID = "characteristic_id";

  private final MqttSettings settings;
  private final LiveCharts charts;
  private final Intake intake;
  private final JsonSampleReader reader;

  SampleMessages(MqttSettings settings, LiveCharts charts, Intake intake, JsonSampleReader reader) {
    this.settings = settings;
    this.charts = charts;
    this.intake = intake;
    this.reader = reader;
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
  List<Outcome> take(List<Delivery> deliveries) {
    var outcomes = new ArrayList<Outcome>(deliveries.size());
    var good = new ArrayList<NewSample>(deliveries.size());
    for (var line = 0; line < deliveries.size(); line++) {
      var delivery = deliveries.get(line);
      outcomes.add(
          switch (read(line, delivery)) {
            case RefusedRow(_, var defects) -> new Outcome.Refused(defects);
            case NewSample row when known(delivery, row) -> new Outcome.Repeated();
            case NewSample row -> {
              good.add(row);
              yield new Outcome.Taken();
            }
          });
    }
    refusals(good)
        .forEach(
            (line, defects) -> outcomes.set(Math.toIntExact(line), new Outcome.Refused(defects)));
    return outcomes;
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
