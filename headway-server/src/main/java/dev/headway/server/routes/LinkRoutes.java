package dev.headway.server.routes;

import dev.headway.server.account.token.Links;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.Topics;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Links to pages for people without an account, over REST.
 *
 * @param links makes and ends them
 * @param topics says which topics a link may be made for
 */
public record LinkRoutes(Links links, Topics topics) {
  private record NewLink(String topic, @Nullable Integer ttlSeconds, Links.@Nullable Look page) {
    Links.Requested wanted() {
      return new Links.Requested(
          topic, Objects.requireNonNullElse(ttlSeconds, Links.USUAL_SECONDS), page);
    }
  }

  private record LinkView(String id, String topic, String token, String url, Instant expiresAt) {}

  /** The handlers. */
  public Routes routes() {
    return new Routes().on("createLink", this::create).on("endLink", this::end);
  }

  /* What follows the # stays in the browser: neither servers nor logs nor other pages see it. */
  private Response create(Request request) {
    var who = request.principal();
    var wanted = request.json(NewLink.class).wanted();
    var made = links.make(who, wanted, topic -> topics.find(topic.toString(), who).isPresent());
    var url = request.caller().baseUrl() + "/watch#" + made.token();
    return Response.json(
        201, new LinkView(made.id(), made.topic(), made.token(), url, made.expiresAt()));
  }

  private Response end(Request request) {
    links.end(request.principal(), request.pathUuid("id").toString());
    return Response.noContent();
  }
}
