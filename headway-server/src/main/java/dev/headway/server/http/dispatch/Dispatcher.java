package dev.headway.server.http.dispatch;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.id.IdSource;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.Handler;
import dev.headway.server.http.HttpService;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.Problem;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.http.contract.Excerpt;
import dev.headway.server.http.contract.OpenApiDocument;
import dev.headway.server.http.contract.Operation;
import dev.headway.server.http.contract.RequestSchemas;
import dev.headway.server.http.dispatch.OpenRequests.OpenRequest;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Verification;
import dev.headway.server.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything between the transport and the handlers: a raw request in, an answer out. Routes,
 * authenticates, checks, and turns every failure into the one error body. Thread-safe; blocks as
 * long as the handler does.
 */
public final class Dispatcher implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Logger ACCESS_LOG = LoggerFactory.getLogger("dev.headway.access");

  /**
   * The operations and files that are served.
   *
   * @param document describes every operation
   * @param routes the handler of every operation
   * @param otherwise answers GET requests for paths that the document does not know
   */
  public record Api(OpenApiDocument document, Routes routes, Handler otherwise) {}

  /**
   * The checks of who asks, and from where.
   *
   * @param verifier finds out who asks
   * @param origins which web pages may ask
   * @param proxies which proxies say where their clients are
   */
  public record Authentication(
      CredentialVerifier verifier, OriginPolicy origins, TrustedProxies proxies) {}

  /** The sources of names, measurements and traces of requests. */
  public record Telemetry(IdSource ids, MeterRegistry meters, Refusals refusals, Tracing tracing) {}

  /** Refusals that are told by their code alone. */
  private static final Map<ErrorCode, RefusalReason> COUNTED =
      Map.of(
          ErrorCode.TOO_LARGE, RefusalReason.BODY_SIZE,
          ErrorCode.REQUEST_TIMEOUT, RefusalReason.SLOW_REQUEST,
          ErrorCode.MISDIRECTED, RefusalReason.HOST);

  /** The upper bounds of the classes of durations. */
  private static final Duration[] BOUNDS =
      IntStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
          .mapToObj(millis -> Duration.ofMillis(millis))
          .toArray(Duration[]::new);

  private record Outcome(String operation, int status) {}

  private final Router router;
  private final RequestValidator validator;
  private final Map<String, Handler> handlers;
  private final Handler otherwise;
  private final Authentication authentication;
  private final Telemetry telemetry;
  private final OpenRequests open;
  private final Counter faults;
  private final ConcurrentHashMap<Outcome, Timer> timers = new ConcurrentHashMap<>();

  /**
   * Serves an API.
   *
   * @throws IllegalArgumentException when an operation has no handler, or a handler no operation
   */
  public Dispatcher(
      Api api, Authentication authentication, Telemetry telemetry, OpenRequests open) {
    this.router = new Router(api.document());
    this.validator = new RequestValidator(api.document(), new RequestSchemas(api.document()));
    this.handlers = api.routes().handlers();
    this.otherwise = api.otherwise();
    this.authentication = authentication;
    this.telemetry = telemetry;
    this.open = open;
    this.faults =
        Counter.builder("headway.http.faults")
            .description("Requests that failed for a reason of the server's own")
            .register(telemetry.meters());
    requireHandlers(api.document());
  }

  /**
   * Answers a request. Never throws for a request's sake. The transport leaves out the body of an
   * answer to HEAD but keeps its length.
   */
  @Override
  public void answer(RawRequest raw, Consumer<Response> reply) {
    var started = Timer.start(telemetry.meters());
    var exchange = exchange(raw);
    try (var request = open.begin(exchange, reply)) {
      var answer = request.reply(exchange.finished(traced(request)));
      record(exchange, answer, started);
    }
  }

  private Response traced(OpenRequest request) {
    var exchange = request.exchange();
    var traceparent = exchange.raw().header("traceparent").orElse(null);
    try (var span = telemetry.tracing().request(traceparent)) {
      var answer = answered(request);
      span.answered(exchange.operation(), answer.status());
      return answer;
    }
  }

  /** The answer to a request that the transport itself had to refuse. */
  @Override
  public Response refuse(RawRequest raw, HeadwayException refusal) {
    var exchange = exchange(raw);
    return exchange.finished(refused(exchange, refusal));
  }

  private Response refused(Exchange exchange, HeadwayException refusal) {
    var reason = COUNTED.get(refusal.code());
    if (reason != null) {
      telemetry.refusals().count(reason);
    }
    return Problem.of(refusal, exchange.id());
  }

  @Override
  public Response fault(RawRequest raw, Throwable failure) {
    var exchange = exchange(raw);
    return exchange.finished(fault(exchange, failure));
  }

  private Response fault(Exchange exchange, Throwable failure) {
    LOG.error("Request {} failed", exchange.id(), failure);
    faults.increment();
    return Problem.fault(exchange.id());
  }

  /**
   * The answer that refuses a request by its head, so that a large body is not taken in vain; empty
   * when nothing speaks against it so far. May block.
   *
   * @param length the body's length as the head says it; 0 when it does not
   */
  @Override
  public Optional<Response> refusal(RawRequest head, long length) {
    var exchange = exchange(head);
    try {
      var target = admitted(exchange);
      if (router.route(head.method(), target.segments())
          instanceof Router.Match.Found(var operation, _)) {
        authenticate(exchange, target, operation);
        BodyReader.requireTaken(head, operation, length);
      }
      return Optional.empty();
    } catch (HeadwayException refused) {
      return Optional.of(exchange.finished(refused(exchange, refused)));
    }
  }

  /**
   * How large a body a request may have, so that the transport can refuse a larger one before
   * reading it.
   */
  @Override
  public long maxBody(String method, String target) {
    try {
      return router.route(method, Target.parse(target).segments())
              instanceof Router.Match.Found(var operation, _)
          ? operation.maxBodyBytes()
          : Operation.DEFAULT_MAX_BODY;
    } catch (HeadwayException _) {
      return Operation.DEFAULT_MAX_BODY;
    }
  }

  private Exchange exchange(RawRequest received) {
    var client = authentication.proxies().client(received.peer().address(), received.headers());
    var raw = received.from(client);
    var trust =
        authentication
            .origins()
            .judge(raw.headers().get("origin"), raw.headers().getOrDefault("host", ""));
    return new Exchange(raw, telemetry.ids().uuid().toString(), trust);
  }

  private void requireHandlers(OpenApiDocument document) {
    var missing = new ArrayList<>(document.operations().keySet());
    missing.removeAll(handlers.keySet());
    var unknown = new ArrayList<>(handlers.keySet());
    unknown.removeAll(document.operations().keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Operations without a handler: %s; handlers without an operation: %s"
              .formatted(missing, unknown));
    }
  }

  // The one place where a request's failure ends: nothing may get past it to the transport.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private Response answered(OpenRequest request) {
    var exchange = request.exchange();
    try {
      return route(request);
    } catch (HeadwayException refused) {
      if (Problem.status(refused.code()) >= 500) {
        /* One line: while a disk is full, every request fails, and its log is often on it. */
        LOG.warn("Request {} failed: {}", exchange.id(), refused.logText());
      }
      return refused(exchange, refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Problem.of(leaving(), exchange.id());
    } catch (Exception | Error unexpected) {
      return fault(exchange, unexpected);
    }
  }

  private static HeadwayException leaving() {
    return HeadwayException.later(
        ErrorCode.UNAVAILABLE, "The server is stopping; try again shortly", Duration.ofSeconds(1));
  }

  private Response route(OpenRequest request) throws Exception {
    var exchange = request.exchange();
    var raw = exchange.raw();
    var target = admitted(exchange);
    return switch (router.route(raw.method(), target.segments())) {
      case Router.Match.Found(var operation, var path) -> call(request, target, operation, path);
      case Router.Match.OtherMethods(var allowed) -> otherMethod(exchange, allowed);
      case Router.Match.Unknown _ -> unknown(exchange, target);
    };
  }

  private Target admitted(Exchange exchange) {
    var raw = exchange.raw();
    if (!OriginPolicy.wellFormed(raw.headers().get("host"))) {
      throw new HeadwayException(ErrorCode.INVALID_INPUT, "The Host header is not a host");
    }
    if (!authentication.origins().serves(raw.headers().get("host"))) {
      throw OriginPolicy.misdirected(raw.headers().getOrDefault("host", ""));
    }
    var target = Target.parse(raw.target());
    if (!exchange.trust().admitted()) {
      telemetry.refusals().count(RefusalReason.ORIGIN);
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "The origin (%s) is not allowed; list it in http.allowed-origins"
              .formatted(Excerpt.text(raw.header("origin").orElse(""))));
    }
    return target;
  }

  private Response call(
      OpenRequest open, Target target, Operation operation, Map<String, String> path)
      throws Exception {
    var exchange = open.exchange().at(operation);
    var raw = exchange.raw();
    var principal = authenticate(exchange, target, operation);
    open.count(ClientKey.of(principal), operation.costly());
    var body = BodyReader.read(raw, operation);
    var parameters = new RequestValidator.Parameters(path, target.query(), raw.headers());
    var checked =
        validator.check(operation, parameters, BodyReader.mediaType(raw, operation), body);
    var handler = handlers.get(operation.id());
    if (handler == null) {
      throw new IllegalStateException("No handler for " + operation.id());
    }
    var request = exchange.request(target, path, checked, principal);
    return handler.handle(request);
  }

  private Principal authenticate(Exchange exchange, Target target, Operation operation) {
    var raw = exchange.raw();
    var client = authentication.origins().clientOf(raw.peer(), raw.headers());
    var shown = authentication.verifier().verify(token(raw, target), client);
    var anonymousToo =
        operation.anonymousToo()
            && authentication.verifier().verify(null, client) instanceof Verification.Valid;
    return operation.access().admit(shown, anonymousToo, client.address());
  }

  /** The token of the Authorization header (RFC 6750, section 2.1), or else of the query. */
  private static @Nullable String token(RawRequest raw, Target target) {
    return raw.header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip())
        .orElse(target.token());
  }

  private static Response otherMethod(Exchange exchange, List<String> allowed) {
    var allow = String.join(", ", allowed);
    if (exchange.raw().method().equals("OPTIONS")) {
      return exchange.options(allowed).with("Allow", allow);
    }
    var refused =
        new HeadwayException(
            ErrorCode.METHOD_NOT_ALLOWED,
            "The method %s is not known here; use %s"
                .formatted(Excerpt.text(exchange.raw().method()), allow));
    return Problem.of(refused, exchange.id()).with("Allow", allow);
  }

  private Response unknown(Exchange exchange, Target target) throws Exception {
    if (!exchange.reading()) {
      throw HeadwayException.notFound("The path " + Excerpt.text(target.path()));
    }
    var nobody = new Principal.Anonymous(exchange.raw().peer().address());
    return otherwise.handle(exchange.request(target, Map.of(), CheckedBody.NONE, nobody));
  }

  private void record(Exchange exchange, Response answer, Timer.Sample started) {
    var timer =
        timers.computeIfAbsent(new Outcome(exchange.operation(), answer.status()), this::timer);
    var nanos = started.stop(timer);
    if (ACCESS_LOG.isDebugEnabled()) {
      ACCESS_LOG.debug(
          "{} {} {} {} {} ms {}",
          exchange.raw().peer().address(),
          Excerpt.text(exchange.raw().method()),
          Target.loggable(exchange.raw().target()),
          answer.status(),
          TimeUnit.NANOSECONDS.toMillis(nanos),
          exchange.id());
    }
  }

  private Timer timer(Outcome outcome) {
    return Timer.builder("headway.http.request.duration")
        .description("Requests by operation and status")
        .serviceLevelObjectives(BOUNDS)
        .tag("operation", outcome.operation())
        .tag("status", Integer.toString(outcome.status()))
        .register(telemetry.meters());
  }
}
