package dev.headway.server.notification;

import dev.headway.core.id.IdSource;
import dev.headway.core.port.NotificationStore.Rule;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a user is told of jobs, over REST.
 *
 * @param notifications keeps them
 * @param ids names them
 */
public record NotificationRoutes(Notifications notifications, IdSource ids) {
  private record RuleView(
      UUID id,
      String callbackUrl,
      List<String> events,
      @Nullable UUID jobId,
      @Nullable String tag,
      @Nullable Long silentSeconds,
      Instant createdAt) {
    static RuleView of(Rule rule) {
      var silence = rule.silence();
      return new RuleView(
          rule.id(),
          rule.url(),
          rule.occasions().stream()
              .sorted()
              .map(each -> each.name().toLowerCase(Locale.ROOT))
              .toList(),
          rule.job(),
          rule.tag(),
          silence == null ? null : silence.toSeconds(),
          rule.created());
    }
  }

  private record All(List<RuleView> rules) {}

  /** The handlers. */
  public Routes routes() {
    return new Routes()
        .on("addNotificationRule", this::add)
        .on("listNotificationRules", this::list)
        .on("removeNotificationRule", this::remove);
  }

  private Response add(Request request) {
    var wanted = request.json(NewRule.class);
    var rule = notifications.add(request.principal(), wanted, ids.uuid());
    return Response.json(201, RuleView.of(rule));
  }

  private Response list(Request request) {
    var rules = notifications.rules(request.principal());
    return Response.ok(new All(rules.stream().map(RuleView::of).toList()));
  }

  private Response remove(Request request) {
    notifications.remove(request.principal(), request.pathUuid("id"));
    return Response.noContent();
  }
}
