package dev.headway.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Snapshot;
import dev.headway.core.topic.TopicName;
import dev.headway.server.account.Accounts;
import dev.headway.server.account.AuthConfig;
import dev.headway.server.account.Login;
import dev.headway.server.account.token.SigningKey;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.Handler;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.dispatch.Dispatcher;
import dev.headway.server.http.dispatch.OpenRequests;
import dev.headway.server.http.dispatch.ResponseConformance;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Verification;
import dev.headway.server.stream.TopicKind;
import dev.headway.server.stream.Topics;
import dev.headway.server.trace.Tracing;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import dev.headway.testkit.QuickHasher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Accounts through the dispatcher; every answer is held to the document. */
class AccountRoutesTest {
  private static final String PASSWORD = "swordfish-1";
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load(List.of());

  private final ManualClock clock = ManualClock.atNoon();
  private final ResponseConformance conformance = new ResponseConformance(DOCUMENT);

  private Path directory;
  private Accounts services;
  private Dispatcher dispatcher;

  @BeforeEach
  void start(@TempDir Path fresh) {
    directory = fresh;
    services = start(AuthConfig.DEFAULTS.on(true));
    dispatcher = dispatcher();
  }

  private Accounts start(AuthConfig config) {
    var key = SigningKey.loadOrCreate(config.keyFile(directory), new SplittableRandom(7));
    return new Accounts(
        config,
        key,
        new InMemoryAccountStore(),
        new QuickHasher(),
        clock,
        Ids.seeded(clock),
        new Refusals());
  }

  private Dispatcher dispatcher() {
    var routes = new Routes();
    Handler none = _ -> Response.noContent();
    var origins = new OriginPolicy(Set.of("http://listed.example"), true);
    var topics = new Topics(List.of(new ScheduleTwelve(clock)));
    var real = new AccountRoutes(services, topics, origins).routes();
    var handlers = real.addAll(new UserRoutes(services).routes()).handlers();
    DOCUMENT.operations().keySet().forEach(id -> routes.on(id, handlers.getOrDefault(id, none)));
    CredentialVerifier verifier =
        (token, _) ->
            token == null ? new Verification.Absent() : services.authenticator().verify(token);
    return new Dispatcher(
        new Dispatcher.Api(DOCUMENT, routes, none),
        new Dispatcher.Authentication(verifier, origins, TrustedProxies.NONE),
        new Dispatcher.Telemetry(
            Ids.seeded(clock), new SimpleMeterRegistry(), new Refusals(), Tracing.NONE),
        new OpenRequests(10, new Refusals(), new SimpleMeterRegistry(), () -> 0));
  }

  /** The only topic that there is. */
  private record ScheduleTwelve(ManualClock clock) implements TopicKind {
    @Override
    public String kind() {
      return "schedule";
    }

    @Override
    public Optional<Watchable> find(TopicName name, Principal who) {
      var hub = new Hub(clock, Ids.seeded(clock), Hub.Limits.DEFAULT);
      return name.toString().equals("schedule:12")
          ? Optional.of(new Watchable(hub.open(name, () -> () -> false), new Silent()))
          : Optional.empty();
    }
  }

  private static final class Silent implements TopicKind.NativeDialect {
    @Override
    public @Nullable Frame event(Event event) {
      return null;
    }

    @Override
    public List<Frame> state(Snapshot snapshot) {
      return List.of();
    }
  }

  @Test
  void register_thenSignInByForm_givesATokenForMe() {
    var user = json("register", 201, null, "{'email':'Ada@Example.org','password':'swordfish-1'}");
    assertThat(user.path("email").asString()).isEqualTo("ada@example.org");

    var token = signInByForm("ada@example.org", 200);
    assertThat(token.path("token_type").asString()).isEqualTo("bearer");

    var me = json("me", 200, token.path("access_token").asString(), null);
    assertThat(me.path("id").asLong()).isEqualTo(user.path("id").asLong());
  }

  @Test
  void register_twice_isRefused() {
    json("register", 201, null, "{'email':'a@example.org','password':'swordfish-1'}");

    var problem = json("register", 400, null, "{'email':'a@example.org','password':'swordfish-1'}");

    assertThat(problem.path("detail").asString()).isEqualTo("Email already registered");
  }

  @Test
  void register_closed_isForbidden() {
    services = start(AuthConfig.DEFAULTS.on(false));
    dispatcher = dispatcher();

    json("register", 403, null, "{'email':'a@example.org','password':'swordfish-1'}");
  }

  @Test
  void login_wrongPassword_isUnauthorized() {
    user("a@example.org", Role.USER);

    json("login", 401, null, "{'username':'a@example.org','password':'wrong'}");
  }

  @Test
  void refreshAndLogout_oldTokenEndsOnlyWhenLoggedOut() {
    var first = user("a@example.org", Role.USER);
    clock.advance(Duration.ofSeconds(5));

    var second = json("refresh", 200, first, null).path("access_token").asString();
    json("logout", 204, first, null);

    json("me", 401, first, null);
    json("me", 200, second, null);
  }

  @Test
  void password_changed_otherTokensEnd() {
    var kept = user("a@example.org", Role.USER);
    var other = services.sessions().login(new Login("a@example.org", PASSWORD), "::1");
    clock.advance(Duration.ofSeconds(5));

    json("changePassword", 422, kept, "{'new':'swordfish-2'}");
    json("changePassword", 400, kept, "{'old':'wrong','new':'swordfish-2'}");
    json("changePassword", 204, kept, "{'old':'swordfish-1','new':'swordfish-2'}");

    json("me", 401, other.accessToken(), null);
    json("me", 200, kept, null);
  }

  @Test
  void password_ofAnother_onlyAnAdminResets() {
    var user = user("a@example.org", Role.USER);
    var admin = user("admin@example.org", Role.ADMIN);
    var reset = "{'email':'a@example.org','new':'swordfish-2'}";

    json("changePassword", 403, user, reset);
    json("changePassword", 204, admin, reset);
  }

  @Test
  void keys_madeListedRevoked_holdAsLongAsTheyExist() {
    var user = user("a@example.org", Role.USER);

    var wanted =
        "{'name':'ci','role':'worker','queues':['gpu'],'expires_at':'2099-01-01T01:00:00+01:00'}";
    var made = json("createKey", 201, user, wanted);
    var key = made.path("key").asString();
    json("me", 200, key, null);
    var listed = json("listKeys", 200, user, null).path("keys");
    assertThat(listed.path(0).path("expires_at").asString()).isEqualTo("2099-01-01T00:00:00.000Z");
    assertThat(listed.toString()).doesNotContain(key);

    json("deleteKey", 204, user, null, made.path("id").asString());
    json("me", 401, key, null);
    json("deleteKey", 404, user, null, made.path("id").asString());
  }

  @Test
  void key_aboveTheOwnRole_isRefused() {
    var user = user("a@example.org", Role.USER);

    json("createKey", 422, user, "{'name':'ci','role':'admin'}");
  }

  @Test
  void watchToken_forOwnTopic_mayWatchAndNothingElse() {
    var user = user("a@example.org", Role.USER);

    var made = json("createWatchToken", 201, user, "{'topics':['schedule:12'],'ttl_seconds':60}");

    json("me", 403, made.path("token").asString(), null);
    json("createWatchToken", 404, user, "{'topics':['schedule:13']}");
    json("createWatchToken", 422, user, "{'topics':['schedule:12'],'ttl_seconds':3601}");
  }

  @Test
  void register_throughAProxyOrFromAnotherPage_isForbidden() {
    var body = "{'email':'a@example.org','password':'swordfish-1'}";
    var otherPort = Map.of("origin", "http://localhost:3000", "host", "localhost:8000");
    var rebound = Map.of("origin", "http://evil.example:8000", "host", "evil.example:8000");
    var proxied = Map.of("x-forwarded-for", "203.0.113.7");

    for (var headers : List.of(otherPort, proxied)) {
      sent("register", 403, headers, body);
      var options = sent("registration", 200, headers, null);
      assertThat(options.path("open").asBoolean()).isFalse();
    }
    sent("register", 421, rebound, body);
    sent("registration", 421, rebound, null);
    sent("login", 403, otherPort, "{'username':'a@example.org','password':'swordfish-1'}");
    assertThat(json("registration", 200, null, null).path("first").asBoolean()).isTrue();
  }

  @Test
  void register_fromAListedPage_isAllowed() {
    var listed = Map.of("origin", "http://listed.example", "host", "localhost:8000");

    sent("register", 201, listed, "{'email':'a@example.org','password':'swordfish-1'}");
  }

  @Test
  void users_byAnAdministrator_areAddedListedChangedAndRemoved() {
    var admin = user("admin@example.org", Role.ADMIN);
    var ada =
        json(
            "addUser",
            201,
            admin,
            "{'email':'a@example.org','password':'swordfish-1','role':'worker'}");
    var id = ada.path("id").asString();
    assertThat(ada.path("role").asString()).isEqualTo("worker");
    assertThat(json("listUsers", 200, admin, null).path("total").asInt()).isEqualTo(2);
    var token =
        services.sessions().login(new Login("a@example.org", PASSWORD), "::1").accessToken();
    assertThat(json("listTokensOfUser", 200, admin, null, id).path("tokens").size()).isEqualTo(1);

    var disabled = json("changeUser", 200, admin, "{'is_active':false}", id);
    assertThat(disabled.path("is_active").asBoolean()).isFalse();
    json("me", 401, token, null);
    json("changeUser", 422, admin, "{'role':'engineer'}", id);
    json("removeUser", 204, admin, null, id);
    json("getUser", 404, admin, null, id);
    var audit = json("listAccountAudit", 200, admin, null).path("entries");
    assertThat(audit.path(0).path("action").asString()).isEqualTo("user-removed");
    assertThat(audit.path(1).path("action").asString()).isEqualTo("user-disabled");
  }

  @Test
  void users_byAnybodyElse_areForbidden() {
    var user = user("a@example.org", Role.WORKER);

    json("listUsers", 403, user, null);
    json("changeUser", 403, user, "{'role':'admin'}", "1");
    json("listAccountAudit", 403, user, null);
  }

  @Test
  void tokens_ofMine_areListedAndEnded() {
    var kept = user("a@example.org", Role.USER);
    var lost = services.sessions().login(new Login("a@example.org", PASSWORD), "::1").accessToken();

    var tokens = json("listTokens", 200, kept, null).path("tokens");
    assertThat(tokens.size()).isEqualTo(2);
    var other = tokens.path(0).path("current").asBoolean() ? tokens.path(1) : tokens.path(0);
    json("endToken", 204, kept, null, other.path("id").asString());
    json("me", 401, lost, null);
    clock.advance(Duration.ofMillis(5));
    json("signOutEverywhere", 204, kept, null);
    json("me", 401, kept, null);
  }

  private String user(String email, Role role) {
    services.users().add(new Login(email, PASSWORD), role);
    clock.advance(Duration.ofMillis(5));
    return services.sessions().login(new Login(email, PASSWORD), "::1").accessToken();
  }

  private JsonNode signInByForm(String name, int status) {
    var parts = List.of(part("username", name), part("password", PASSWORD));
    var headers = Map.of("content-type", "application/x-www-form-urlencoded");
    return answered("login", status, raw("login", "", headers, new Request.Body.Form(parts)));
  }

  private static Request.Part part(String name, String value) {
    return new Request.Part(name, null, value.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode json(
      String operation, int status, @Nullable String token, @Nullable String json) {
    return json(operation, status, token, json, "");
  }

  private JsonNode json(
      String operation, int status, @Nullable String token, @Nullable String json, String id) {
    var headers = new HashMap<String, String>();
    if (token != null) {
      headers.put("authorization", "Bearer " + token);
    }
    return sent(operation, status, headers, json, id);
  }

  private JsonNode sent(
      String operation, int status, Map<String, String> given, @Nullable String json) {
    return sent(operation, status, given, json, "");
  }

  private JsonNode sent(
      String operation, int status, Map<String, String> given, @Nullable String json, String id) {
    var headers = new HashMap<>(given);
    Request.Body body = new Request.Body.Empty();
    if (json != null) {
      headers.put("content-type", "application/json");
      var bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
      body = new Request.Body.Raw("application/json", bytes);
    }
    return answered(operation, status, raw(operation, id, headers, body));
  }

  private static RawRequest raw(
      String operation, String id, Map<String, String> headers, Request.Body body) {
    var described = Objects.requireNonNull(DOCUMENT.operations().get(operation));
    var target = described.template().replace("{id}", id);
    var peer = new RawRequest.Peer("127.0.0.1", false, true, () -> true);
    return new RawRequest(described.method(), target, headers, body, peer);
  }

  private JsonNode answered(String operation, int status, RawRequest raw) {
    var box = new AtomicReference<Response>();
    dispatcher.answer(raw, box::set);
    var answer = (Response.Whole) Objects.requireNonNull(box.get());
    var text = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(answer.status()).as(text).isEqualTo(status);
    assertThat(conformance.defects(operation, answer)).as(text).isEmpty();
    return text.isEmpty() ? JsonCodec.mapper().createObjectNode() : JsonCodec.parse(answer.body());
  }
}
