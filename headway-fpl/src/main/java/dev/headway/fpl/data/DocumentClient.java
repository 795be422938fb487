package dev.headway.fpl.data;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches documents politely: from the cache while they are fresh, conditionally when they are not
 * (RFC 9110, section 13), spaced out, and again after failures that may pass. Safe for use by any
 * thread; requests are made one at a time.
 */
final class DocumentClient {
  private static final int NOT_MODIFIED = 304;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final System.Logger LOG = System.getLogger(DocumentClient.class.getName());
  private static final int LONGEST_REASON = 200;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

  private final ApiSettings settings;
  private final HttpClient http;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Sleeper sleeper;
  private final Map<String, FetchedDocument> cache = new ConcurrentHashMap<>();
  private final Set<String> doubted = ConcurrentHashMap.newKeySet(); // paths
  private final ReentrantLock turn = new ReentrantLock();
  private Instant nextRequest = Instant.MIN;

  DocumentClient(
      ApiSettings settings,
      HttpClient http,
      InstantSource clock,
      RandomGenerator random,
      Sleeper sleeper) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.random = random;
    this.sleeper = sleeper;
  }

  /**
   * A document.
   *
   * @param path below the base URL
   * @return empty when the server has no such document
   * @throws HeadwayException when it cannot be had
   */
  Optional<FetchedDocument> fetch(String path) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      var known = cache.get(path);
      if (known != null && !doubted.remove(path) && fresh(known)) {
        return Optional.of(known);
      }
      var fetched = known == null ? attempts(path, null) : renewed(path, known);
      fetched.ifPresent(document -> cache.put(path, document));
      return fetched;
    } finally {
      turn.unlock();
    }
  }

  /** Asks for a document again the next time, however fresh it is: it was of no use. */
  void doubt(String path) {
    doubted.add(path);
  }

  /* The last good document serves while the API is away; its age is the caller's to judge. */
  private Optional<FetchedDocument> renewed(String path, FetchedDocument known)
      throws InterruptedException {
    try {
      return attempts(path, known);
    } catch (HeadwayException away) {
      LOG.log(
          System.Logger.Level.WARNING, "The last good {0} is used: {1}", path, away.safeMessage());
      return Optional.of(known);
    }
  }

  private boolean fresh(FetchedDocument document) {
    return clock.instant().isBefore(document.checkedAt().plus(settings.cacheFor()));
  }

  private Optional<FetchedDocument> attempts(String path, @Nullable FetchedDocument known)
      throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      waitForTurn();
      switch (attempt(path, known)) {
        case FetchOutcome.Found(var document) -> {
          return Optional.of(document);
        }
        case FetchOutcome.Absent() -> {
          return Optional.empty();
        }
        case FetchOutcome.Failed failed -> {
          if (attempt == settings.attempts() || !failed.mayPass()) {
            throw unreachable(path, attempt, failed);
          }
          sleeper.sleep(patience(failed, attempt));
        }
      }
    }
  }

  private HeadwayException unreachable(String path, int attempts, FetchOutcome.Failed failed) {
    return HeadwayException.exhausted(
        ErrorCode.CONNECTION_ERROR,
        "%s%s could not be fetched in %s: %s"
            .formatted(
                settings.baseUrl(),
                path,
                attempts == 1 ? "one attempt" : attempts + " attempts",
                failed.reason()));
  }

  private Duration patience(FetchOutcome.Failed failed, int attempt) {
    var jittered = settings.backoff().jittered(attempt, random);
    var asked = failed.retryAfter();
    return asked.compareTo(jittered) > 0 ? asked : jittered;
  }

  private void waitForTurn() throws InterruptedException {
    var now = clock.instant();
    if (now.isBefore(nextRequest)) {
      sleeper.sleep(Duration.between(now, nextRequest));
    }
    nextRequest = clock.instant().plus(settings.spacing());
  }

  private FetchOutcome attempt(String path, @Nullable FetchedDocument known)
      throws InterruptedException {
    var request =
        HttpRequest.newBuilder(settings.baseUrl().resolve(path))
            .timeout(settings.timeout())
            .header("Accept", "application/json")
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", "headway-fpl");
    if (known != null && known.etag() != null) {
      request.header("If-None-Match", known.etag());
    }
    if (known != null && known.lastModified() != null) {
      request.header("If-Modified-Since", known.lastModified());
    }
    // The request's own timeout ends with the headers; the body may trickle, so the whole is timed.
    var whole = http.sendAsync(request.build(), DocumentBody.atMost(settings.maxLength()));
    try {
      return outcome(whole.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS), known);
    } catch (TimeoutException e) {
      return FetchOutcome.Failed.passing(
          "no answer within %d s".formatted(settings.timeout().toSeconds()));
    } catch (ExecutionException | IOException e) {
      return failure(e);
    } finally {
      cancel(whole);
    }
  }

  private static void cancel(CompletableFuture<?> exchange) {
    exchange.cancel(true);
  }

  private static FetchOutcome failure(Exception e) {
    var cause = e instanceof IOException ? e : e.getCause();
    if (cause instanceof ConnectException) {
      return FetchOutcome.Failed.passing("no connection");
    }
    if (cause instanceof IOException) {
      var message = cause.getMessage();
      return FetchOutcome.Failed.passing(message == null ? "the connection was lost" : message);
    }
    throw new HeadwayException(ErrorCode.CONNECTION_ERROR, "The request could not be made", e);
  }

  private FetchOutcome outcome(HttpResponse<byte[]> response, @Nullable FetchedDocument known)
      throws IOException {
    int status = response.statusCode();
    if (status == NOT_MODIFIED && known != null) {
      return new FetchOutcome.Found(known.confirmed(clock.instant()));
    }
    if (status == NOT_FOUND) {
      return new FetchOutcome.Absent();
    }
    var body = DocumentBody.text(response, settings.maxLength());
    if (status == 200) {
      return found(response, body);
    }
    boolean mayPass = status == TOO_MANY_REQUESTS || status >= 500;
    var retryAfter = retryAfter(response);
    if (retryAfter.compareTo(settings.longestRetryAfter()) > 0) {
      return new FetchOutcome.Failed(
          "HTTP %d, to be tried again after %d s".formatted(status, retryAfter.toSeconds()),
          false,
          Duration.ZERO);
    }
    return new FetchOutcome.Failed("HTTP " + status + reason(status, body), mayPass, retryAfter);
  }

  /* The API says in a word or two what is wrong; a page says it in its own way. */
  private static String reason(int status, String body) {
    var text = Documents.text(body);
    if (text.isPresent() && text.get().length() <= LONGEST_REASON) {
      return ", \"" + text.get() + "\"";
    }
    return status == FORBIDDEN
        ? ": the server refuses requests from here; it may block this network"
        : "";
  }

  private FetchOutcome found(HttpResponse<?> response, String body) {
    if (!Documents.likely(body)) {
      return FetchOutcome.Failed.passing(instead(body));
    }
    if (!Documents.wellFormed(body)) {
      return FetchOutcome.Failed.passing("the document is cut off, or is not JSON");
    }
    var headers = response.headers();
    var lastModified = headers.firstValue("Last-Modified").orElse(null);
    var now = clock.instant();
    var madeAt =
        HttpDate.instant(lastModified)
            .or(() -> HttpDate.instant(headers.firstValue("Date").orElse(null)))
            .orElse(now);
    return new FetchOutcome.Found(
        new FetchedDocument(
            body, headers.firstValue("ETag").orElse(null), lastModified, madeAt, now));
  }

  /* The API's own words come with a status of success, too. */
  private static String instead(String body) {
    return Documents.text(body)
        .filter(text -> text.length() <= LONGEST_REASON)
        .map(text -> "\"" + text + "\" instead of the document")
        .orElse(body.isBlank() ? "an empty answer" : "a page instead of the document");
  }

  private Duration retryAfter(HttpResponse<?> response) {
    var value = response.headers().firstValue("Retry-After").orElse("").strip();
    if (SECONDS.matcher(value).matches()) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    return HttpDate.instant(value)
        .map(until -> Duration.between(clock.instant(), until))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  /** The outcome of an attempt. */
  private sealed interface FetchOutcome {
    record Found(FetchedDocument document) implements FetchOutcome {}

    record Absent() implements FetchOutcome {}

    record Failed(String reason, boolean mayPass, Duration retryAfter) implements FetchOutcome {
      static Failed passing(String reason) {
        return new Failed(reason, true, Duration.ZERO);
      }
    }
  }
}
