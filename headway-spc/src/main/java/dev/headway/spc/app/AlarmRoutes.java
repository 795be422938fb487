package dev.headway.spc.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.spc.alarm.Alarms;
import dev.headway.spc.model.AlarmReceiver;
import dev.headway.spc.model.Severity;
import dev.headway.spc.store.AlarmStore;
import dev.headway.spc.store.AlarmStore.AlarmDelivery;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/alarm-receivers}: who is told of violations; and what was told of each. */
final class AlarmRoutes {
  private final AlarmStore store;
  private final Alarms alarms;

  AlarmRoutes(AlarmStore store, Alarms alarms) {
    this.store = store;
    this.alarms = alarms;
  }

  Routes routes() {
    return new Routes()
        .on("listAlarmReceivers", this::list)
        .on("createAlarmReceiver", this::create)
        .on("changeAlarmReceiver", this::change)
        .on("deleteAlarmReceiver", this::delete)
        .on("testAlarmReceiver", this::test)
        .on("violationAlarms", this::alarmsOf);
  }

  /* Never with its secret. */
  private record ReceiverJson(
      long id,
      String name,
      String kind,
      String address,
      boolean signed,
      @Nullable Long characteristicId,
      Severity severity,
      int afterMinutes,
      @Nullable Integer repeatMinutes) {
    static ReceiverJson of(AlarmReceiver receiver) {
      return new ReceiverJson(
          receiver.id(),
          receiver.name(),
          receiver.kind().wireName(),
          receiver.address(),
          receiver.secret() != null,
          receiver.characteristicId(),
          receiver.severity(),
          receiver.afterMinutes(),
          receiver.repeatMinutes());
    }
  }

  private record ReceiverDraft(
      String name,
      String kind,
      String address,
      @Nullable String secret,
      @Nullable Long characteristicId,
      @Nullable Severity severity,
      @Nullable Integer afterMinutes,
      @Nullable Integer repeatMinutes) {
    AlarmReceiver receiver(long id, @Nullable String presentSecret) {
      return new AlarmReceiver(
          id,
          name.strip(),
          AlarmReceiver.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
          address.strip(),
          secret == null ? presentSecret : secret.isEmpty() ? null : secret,
          characteristicId,
          Objects.requireNonNullElse(severity, Severity.INFO),
          Objects.requireNonNullElse(afterMinutes, 0),
          repeatMinutes);
    }
  }

  private record ReceiverList(List<ReceiverJson> receivers) {}

  private Response list(Request request) {
    return Response.ok(new ReceiverList(store.list().stream().map(ReceiverJson::of).toList()));
  }

  private Response create(Request request) {
    var receiver = alarms.checked(request.json(ReceiverDraft.class).receiver(0, null));
    return Response.json(201, ReceiverJson.of(store.save(receiver)));
  }

  private AlarmReceiver find(Request request) {
    var id = request.pathLong("id");
    return store.find(id).orElseThrow(() -> HeadwayException.notFound("Receiver " + id));
  }

  private Response change(Request request) {
    var present = find(request);
    var draft = request.json(ReceiverDraft.class);
    var receiver = alarms.checked(draft.receiver(present.id(), present.secret()));
    return Response.ok(ReceiverJson.of(store.save(receiver)));
  }

  private Response delete(Request request) {
    if (!store.delete(request.pathLong("id"))) {
      throw HeadwayException.notFound("Receiver " + request.pathLong("id"));
    }
    return Response.noContent();
  }

  private record Tested(boolean taken, @Nullable String error) {}

  private Response test(Request request) {
    var failure = alarms.test(find(request));
    return Response.ok(new Tested(failure.isEmpty(), failure.orElse(null)));
  }

  private record Deliveries(List<AlarmDelivery> deliveries) {}

  private Response alarmsOf(Request request) {
    return Response.ok(new Deliveries(store.of(request.pathLong("id"))));
  }
}
