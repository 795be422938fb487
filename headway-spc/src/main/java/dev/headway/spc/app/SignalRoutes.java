package dev.headway.spc.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.input.MachineSignal;
import dev.headway.spc.live.LiveCharts;
import dev.headway.spc.mqtt.MqttSource;
import dev.headway.spc.mqtt.SparkplugNodes.NodeState;
import dev.headway.spc.store.RefusedStore;
import dev.headway.spc.store.RefusedStore.RefusedMessage;
import dev.headway.spc.store.SignalStore;
import dev.headway.spc.store.SpcStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/signals}: where values of machines lead; and the messages that were refused. */
final class SignalRoutes {
  private static final int SHOWN = 2_000;
  private static final Paging MESSAGES = Paging.byLimit("messages");

  private final SignalStore signals;
  private final RefusedStore refused;
  private final LiveCharts charts;
  private final @Nullable MqttSource source;

  /**
   * @param source takes the messages; null when there is no broker
   */
  SignalRoutes(SpcStore store, LiveCharts charts, @Nullable MqttSource source) {
    this.signals = store.signals();
    this.refused = store.refused();
    this.charts = charts;
    this.source = source;
  }

  Routes routes() {
    return new Routes()
        .on("listSignals", this::list)
        .on("createSignal", this::create)
        .on("changeSignal", this::change)
        .on("deleteSignal", this::delete)
        .on("listRefusedMessages", this::listRefused)
        .on("retryRefusedMessage", this::retry)
        .on("deleteRefusedMessage", this::deleteRefused);
  }

  private record SignalList(List<MachineSignal> signals, List<NodeState> nodes) {}

  private Response list(Request request) {
    var nodes = source == null ? List.<NodeState>of() : source.nodes();
    return Response.ok(new SignalList(signals.list(), nodes));
  }

  private record SignalDraft(
      String topic,
      @Nullable String path,
      long characteristicId,
      @Nullable Integer gatherSeconds,
      @Nullable String keyPath) {
    MachineSignal numbered(long id) {
      return new MachineSignal(id, topic, path, characteristicId, gatherSeconds, keyPath);
    }
  }

  private Response create(Request request) {
    return Response.json(201, saved(request.json(SignalDraft.class).numbered(0)));
  }

  private Response change(Request request) {
    var id = request.pathLong("id");
    var _ = signals.find(id).orElseThrow(() -> HeadwayException.notFound("Signal " + id));
    return Response.ok(saved(request.json(SignalDraft.class).numbered(id)));
  }

  private MachineSignal saved(MachineSignal signal) {
    var id = signal.characteristicId();
    if (charts.definition(id) == null) {
      throw HeadwayException.invalid("characteristic_id", id + " is no characteristic");
    }
    var saved = signals.save(signal.checked());
    follow();
    return saved;
  }

  private void follow() {
    if (source != null) {
      source.follow();
    }
  }

  private Response delete(Request request) {
    if (!signals.delete(request.pathLong("id"))) {
      throw HeadwayException.notFound("Signal " + request.pathLong("id"));
    }
    follow();
    return Response.noContent();
  }

  private record RefusedJson(
      long id, String topic, String payload, List<Defect> reasons, Instant at) {
    static RefusedJson of(RefusedMessage message) {
      var text = new String(message.payload(), StandardCharsets.UTF_8);
      var shown = text.substring(0, Math.min(SHOWN, text.length()));
      return new RefusedJson(message.id(), message.topic(), shown, message.reasons(), message.at());
    }
  }

  private Response listRefused(Request request) {
    var page = MESSAGES.asked(request);
    return MESSAGES.answer(refused.list(page).map(RefusedJson::of), page);
  }

  private record Retried(boolean taken, List<Defect> reasons) {}

  /** Tries a message again; what is wrong with it still is kept in its place. */
  private Response retry(Request request) {
    var id = request.pathLong("id");
    var message = refused.find(id).orElseThrow(() -> HeadwayException.notFound("Message " + id));
    if (source == null) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "There is no broker; set spc.mqtt.broker to take messages in");
    }
    var reasons = source.retry(message.topic(), message.payload());
    refused.delete(id);
    return Response.ok(new Retried(reasons.isEmpty(), reasons));
  }

  private Response deleteRefused(Request request) {
    if (!refused.delete(request.pathLong("id"))) {
      throw HeadwayException.notFound("Message " + request.pathLong("id"));
    }
    return Response.noContent();
  }
}
