package dev.headway.server.routes;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.Login;
import dev.headway.server.account.Registrations;
import dev.headway.server.account.Sessions;
import dev.headway.server.account.TokenView;
import dev.headway.server.account.key.ApiKeys;
import dev.headway.server.account.token.WatchTokens;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.OriginPolicy.Trust;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.Topics;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The own account over REST: registering, signing in and out, keys, tokens.
 *
 * @param accounts does the work
 * @param topics says which topics a watch token may be made for
 * @param origins says which pages may register and sign in
 */
public record AccountRoutes(Accounts accounts, Topics topics, OriginPolicy origins) {
  private record NewPassword(
      @Nullable String old, @JsonProperty("new") String replacement, @Nullable String email) {}

  /* As OAuth 2.0 names them (RFC 6749, section 4.3.2). */
  private record Credentials(String username, String password) {
    Login login() {
      return new Login(username, password);
    }
  }

  private record NewKey(
      String name,
      @Nullable String role,
      @Nullable List<String> queues,
      @Nullable Instant expiresAt) {
    ApiKeys.Requested wanted() {
      var names = queues == null ? Set.<String>of() : new LinkedHashSet<>(queues);
      return new ApiKeys.Requested(name, role, names, expiresAt);
    }
  }

  private record NewWatchToken(List<String> topics, @Nullable Integer ttlSeconds) {
    WatchTokens.Requested wanted() {
      return new WatchTokens.Requested(
          topics, Objects.requireNonNullElse(ttlSeconds, WatchTokens.MOST_SECONDS));
    }
  }

  private record Keys(List<ApiKeys.View> keys) {}

  private record HeldTokens(List<TokenView> tokens) {}

  private record RegistrationView(boolean open, boolean first, boolean anonymous) {}

  /** The handlers. */
  public Routes routes() {
    return new Routes()
        .on("registration", this::registration)
        .on("register", this::register)
        .on("login", this::login)
        .on("me", request -> Response.ok(accounts.sessions().me(request.principal())))
        .on("refresh", request -> Response.ok(accounts.sessions().refresh(request.principal())))
        .on("logout", this::logout)
        .on("listTokens", this::listTokens)
        .on("endToken", this::endToken)
        .on("signOutEverywhere", this::signOutEverywhere)
        .on("changePassword", this::changePassword)
        .on("createKey", this::createKey)
        .on("listKeys", this::listKeys)
        .on("deleteKey", this::deleteKey)
        .on("createWatchToken", this::createWatchToken);
  }

  private Response registration(Request request) {
    var open = !elsewhere(request) && accounts.registrations().open(direct(request));
    var anonymous = accounts.sessions().anonymous(direct(request));
    return Response.ok(new RegistrationView(open, open && accounts.users().none(), anonymous));
  }

  private Response register(Request request) {
    requireOwnPage(request);
    var login = request.json(Login.class);
    var client = new Registrations.Client(direct(request), request.caller().address());
    return Response.json(201, accounts.registrations().register(login, client));
  }

  private Response login(Request request) {
    requireOwnPage(request);
    var login = request.json(Credentials.class).login();
    return Response.ok(accounts.sessions().login(login, request.caller().address()));
  }

  private boolean direct(Request request) {
    return origins.clientOf(request.caller().peer(), request.headers()).anonymousAllowed();
  }

  /* Any program on this machine can serve a page at another port. */
  private void requireOwnPage(Request request) {
    if (elsewhere(request)) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "This page's origin may not register or sign in here; list it in http.allowed-origins");
    }
  }

  private boolean elsewhere(Request request) {
    var headers = request.headers();
    return origins.judge(headers.get("origin"), headers.getOrDefault("host", "")) == Trust.LOCAL;
  }

  private Response logout(Request request) {
    accounts.sessions().logout(request.principal());
    return Response.noContent();
  }

  private Response listTokens(Request request) {
    return Response.ok(new HeldTokens(accounts.sessions().tokens(request.principal())));
  }

  private Response endToken(Request request) {
    accounts.sessions().end(request.principal(), request.pathUuid("id").toString());
    return Response.noContent();
  }

  private Response signOutEverywhere(Request request) {
    accounts.sessions().signOutEverywhere(request.principal());
    return Response.noContent();
  }

  /** Naming somebody is what an admin does who resets that user's password. */
  private Response changePassword(Request request) {
    var body = request.json(NewPassword.class);
    if (body.email() != null) {
      accounts.users().resetPassword(request.principal(), body.email(), body.replacement());
    } else if (body.old() == null) {
      throw HeadwayException.invalid("old", "old is missing: the present password");
    } else {
      var change = new Sessions.PasswordChange(body.old(), body.replacement());
      accounts.sessions().changePassword(request.principal(), change);
    }
    return Response.noContent();
  }

  private Response createKey(Request request) {
    var wanted = request.json(NewKey.class).wanted();
    return Response.json(201, accounts.apiKeys().make(request.principal(), wanted));
  }

  private Response listKeys(Request request) {
    return Response.ok(new Keys(accounts.apiKeys().list(request.principal())));
  }

  private Response deleteKey(Request request) {
    accounts.apiKeys().revoke(request.principal(), request.pathLong("id"));
    return Response.noContent();
  }

  private Response createWatchToken(Request request) {
    var wanted = request.json(NewWatchToken.class).wanted();
    var who = request.principal();
    return Response.json(
        201,
        accounts
            .watchTokens()
            .make(who, wanted, topic -> topics.find(topic.toString(), who).isPresent()));
  }
}
