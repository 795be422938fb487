package dev.headway.spc.mqtt;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.input.MachinePayload;
import dev.headway.spc.input.MachineSignal;
import dev.headway.spc.input.ValuePath;
import dev.headway.spc.mqtt.SparkplugNodes.Address;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the values that messages carry for signals: plain numbers, JSON by path, and Sparkplug B by
 * the name of a metric. Used by one thread.
 */
final class SignalReader {
  private final SparkplugNodes nodes;
  private final BrokerLink link;

  /**
   * @param nodes knows what an alias stands for
   * @param link asks a node for its certificates when it is not known
   */
  SignalReader(SparkplugNodes nodes, BrokerLink link) {
    this.nodes = nodes;
    this.link = link;
  }

  /**
   * The values that a message carries.
   *
   * @param values the values; of a message that none of its signals is about, none
   * @param defects everything that is wrong with it
   */
  record CarriedValues(List<MachineValue> values, List<Defect> defects) {
    private static CarriedValues empty() {
      return new CarriedValues(new ArrayList<>(), new ArrayList<>());
    }

    private void refuse(String field, String message) {
      defects.add(Defect.ofField(field, message));
    }
  }

  /** Reads a message for the signals that it fits. */
  CarriedValues read(Delivery delivery, List<MachineSignal> signals, Instant now) {
    var address = Address.of(delivery.topic());
    var sparkplug = signals.isEmpty() || signals.getFirst().isSparkplug();
    try {
      return sparkplug && address != null
          ? sparkplug(delivery, address, signals, now)
          : json(delivery, signals);
    } catch (HeadwayException unreadable) {
      return refused(unreadable.safeMessage());
    } catch (IOException unreadable) {
      return refused("is no Sparkplug B payload: " + unreadable.getMessage());
    }
  }

  private static CarriedValues refused(String message) {
    return new CarriedValues(List.of(), List.of(Defect.ofField("payload", message)));
  }

  private static CarriedValues json(Delivery delivery, List<MachineSignal> signals) {
    var reading = CarriedValues.empty();
    for (var signal : signals) {
      if (signal.path() == null) {
        var sample = MachinePayload.sample(delivery.payload());
        add(signal, sample.path("measurements").path(0), sample, reading);
      } else {
        var message = JsonCodec.parse(delivery.payload());
        var found = ValuePath.of(signal.path()).in(message);
        if (found == null) {
          reading.refuse(signal.path(), "is not in the message");
        } else {
          add(signal, found, message, reading);
        }
      }
    }
    return reading;
  }

  private static void add(
      MachineSignal signal, JsonNode found, JsonNode message, CarriedValues reading) {
    var number = MachinePayload.number(found);
    if (number == null) {
      var field = signal.path() == null ? "payload" : signal.path();
      reading.refuse(field, found + " is no number");
      return;
    }
    var at = MachinePayload.takenAt(message);
    reading.values().add(new MachineValue(signal, number, at, key(signal, message)));
  }

  private static String key(MachineSignal signal, JsonNode message) {
    var path = signal.keyPath();
    var found = path == null ? null : ValuePath.of(path).in(message);
    return found == null ? "" : found.asString(found.toString());
  }

  private CarriedValues sparkplug(
      Delivery delivery, Address address, List<MachineSignal> signals, Instant now)
      throws IOException {
    if (address.isDeath()) {
      nodes.died(address, now);
      return new CarriedValues(List.of(), List.of());
    }
    var payload = SparkplugPayload.of(delivery.payload());
    if (address.isBirth()) {
      nodes.born(address, payload, now);
    }
    return address.isData()
        ? data(payload, address, signals, now)
        : new CarriedValues(List.of(), List.of());
  }

  private CarriedValues data(
      SparkplugPayload payload, Address address, List<MachineSignal> signals, Instant now) {
    var reading = CarriedValues.empty();
    for (var metric : payload.metrics()) {
      var name = nodes.name(address, metric);
      if (name == null) {
        link.publish(rebirthTopic(address), SparkplugPayload.rebirth(now.toEpochMilli()));
        reading.refuse(
            "payload",
            "alias %d is not known; %s was asked for its birth certificate"
                .formatted(metric.alias(), address.edge()));
        break;
      }
      signals.stream()
          .filter(signal -> name.equals(signal.path()))
          .forEach(signal -> add(signal, metric, payload, reading));
    }
    return reading;
  }

  private static void add(
      MachineSignal signal,
      SparkplugPayload.Metric metric,
      SparkplugPayload payload,
      CarriedValues reading) {
    var number = metric.value();
    if (number == null) {
      reading.refuse(String.valueOf(signal.path()), "is no number");
    } else {
      reading.values().add(new MachineValue(signal, number, taken(metric, payload), ""));
    }
  }

  private static @Nullable Instant taken(SparkplugPayload.Metric metric, SparkplugPayload payload) {
    var millis = metric.timestamp() != 0 ? metric.timestamp() : payload.timestamp();
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static String rebirthTopic(Address address) {
    var slash = address.edge().indexOf('/');
    return "spBv1.0/%s/NCMD/%s"
        .formatted(address.edge().substring(0, slash), address.edge().substring(slash + 1));
  }
}
