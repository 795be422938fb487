package dev.headway.server.routes;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.Login;
import dev.headway.server.account.Sessions;
import dev.headway.server.account.key.ApiKeys;
import dev.headway.server.account.token.WatchTokens;
import dev.headway.server.http.Request;
import dev.headway.server.http.Request.Body;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Accounts, keys and watch tokens over REST.
 *
 * @param accounts does the work
 * @param topics says which topics a watch token may be made for
 */
public record AccountRoutes(Accounts accounts, Topics topics) {
  /** The handlers. */
  public Routes routes() {
    return new Routes()
        .on("register", this::register)
        .on("login", this::login)
        .on("me", request -> Response.ok(accounts.sessions().me(request.principal())))
        .on("refresh", request -> Response.ok(accounts.sessions().refresh(request.principal())))
        .on("logout", this::logout)
        .on("changePassword", this::changePassword)
        .on("createKey", this::createKey)
        .on("listKeys", this::listKeys)
        .on("deleteKey", this::deleteKey)
        .on("createWatchToken", this::createWatchToken);
  }

  private Response register(Request request) {
    var body = request.json();
    var login = new Login(text(body, "email"), text(body, "password"));
    return Response.json(201, accounts.sessions().register(login));
  }

  private Response login(Request request) {
    var login = new Login(field(request, "username"), field(request, "password"));
    return Response.ok(accounts.sessions().login(login, request.caller().address()));
  }

  /** A field of the form, or of the JSON object that is accepted in its place. */
  private static String field(Request request, String name) {
    return request.body() instanceof Body.Json(var json)
        ? text(json, name)
        : request.part(name).map(Request.Part::text).orElse("");
  }

  private Response logout(Request request) {
    accounts.sessions().logout(request.principal());
    return Response.noContent();
  }

  /** Naming somebody is what an admin does who resets that user's password. */
  private Response changePassword(Request request) {
    var body = request.json();
    var replacement = text(body, "new");
    if (body.hasNonNull("email")) {
      accounts.users().resetPassword(request.principal(), text(body, "email"), replacement);
    } else if (!body.hasNonNull("old")) {
      throw HeadwayException.invalid("old", "old is missing: the present password");
    } else {
      var change = new Sessions.PasswordChange(text(body, "old"), replacement);
      accounts.sessions().changePassword(request.principal(), change);
    }
    return Response.noContent();
  }

  private Response createKey(Request request) {
    var body = request.json();
    var wanted =
        new ApiKeys.Wanted(
            text(body, "name"),
            body.hasNonNull("role") ? text(body, "role") : null,
            new LinkedHashSet<>(texts(body.path("queues"))),
            instant(body.path("expires_at")));
    return Response.json(201, accounts.apiKeys().make(request.principal(), wanted));
  }

  private Response listKeys(Request request) {
    return Response.ok(Map.of("keys", accounts.apiKeys().list(request.principal())));
  }

  private Response deleteKey(Request request) {
    accounts.apiKeys().revoke(request.principal(), request.pathLong("id"));
    return Response.noContent();
  }

  private Response createWatchToken(Request request) {
    var body = request.json();
    var seconds = body.path("ttl_seconds").asInt(WatchTokens.MOST_SECONDS);
    var wanted = new WatchTokens.Wanted(texts(body.path("topics")), seconds);
    var who = request.principal();
    return Response.json(
        201,
        accounts
            .watchTokens()
            .make(who, wanted, topic -> topics.find(topic.toString(), who).isPresent()));
  }

  private static String text(JsonNode body, String name) {
    return body.path(name).asString("");
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(entry -> texts.add(entry.asString()));
    return texts;
  }

  private static @Nullable Instant instant(JsonNode value) {
    return value.isString() ? Instant.parse(value.asString()) : null;
  }
}
