package dev.headway.server.webhook;

import dev.headway.core.engine.JobListener;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Announcement;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.limit.Backoff;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the ends of jobs at the addresses that their creators named, each at least once. What
 * is to be announced is stored with the job's end in one transaction; it is tried again with
 * growing pauses (exponential, full jitter) until the receiver answers 2xx, and given up after
 * {@value #MOST_ATTEMPTS} attempts, which is about three days. Of several nodes on one database one
 * makes each attempt: it claims it first. A receiver that is dead, slow or never ends its answer
 * holds up nobody else: each host has a few attempts at a time, and each attempt has a deadline.
 * Safe for use by any thread.
 */
public final class Webhooks implements JobListener {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  static final int MOST_ATTEMPTS = 40;
  private static final int AT_ONCE = 32;
  private static final int AT_ONE_HOST = 4;
  private static final int READ_AT_ONCE = 64;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  /* Longer than an attempt: a node that dies during one leaves it to the others. */
  private static final Duration CLAIM = Duration.ofSeconds(30);
  private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(2), Duration.ofHours(2));

  private final JobStore store;
  private final CallbackPolicy policy;
  private final CallbackSignature signature;
  private final Function<Job, ?> view;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Executor workers;
  private @Nullable HttpClient http;

  /* The jobs whose ends are being announced, with their hosts; guarded by this. */
  private final Map<UUID, String> underWay = new HashMap<>();

  /**
   * Announces the ends of the jobs in {@code store}; must be added to the jobs' listeners.
   *
   * @param policy where announcements may go
   * @param signature signs them
   * @param view shows a job as REST does
   * @param clock stamps them
   * @param random spreads attempts
   * @param workers makes them, a virtual thread each
   */
  public Webhooks(
      JobStore store,
      CallbackPolicy policy,
      CallbackSignature signature,
      Function<Job, ?> view,
      InstantSource clock,
      RandomGenerator random,
      Executor workers) {
    this.store = store;
    this.policy = policy;
    this.signature = signature;
    this.view = view;
    this.clock = clock;
    this.random = random;
    this.workers = workers;
  }

  /* Made for the first announcement: its TLS would cost a tenth of every start. */
  private synchronized HttpClient http() {
    var made = http;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .executor(workers)
              .build();
      http = made;
    }
    return made;
  }

  @Override
  public void happened(JobEvent event) {
    if (event.ended() && event.job().spec().callbackUrl() != null) {
      workers.execute(this::tick);
    }
  }

  /** Begins the announcements that are due, as far as each host's budget and the whole go. */
  public synchronized void tick() {
    var begun = 1L;
    while (begun > 0) {
      var due = store.callbacksDue(clock.instant(), READ_AT_ONCE, hostsAtTheirLimit());
      begun = due.stream().filter(this::begin).count();
    }
  }

  private Set<String> hostsAtTheirLimit() {
    return underWay.values().stream().filter(this::isAtItsLimit).collect(Collectors.toSet());
  }

  private boolean isAtItsLimit(String host) {
    return Collections.frequency(underWay.values(), host) >= AT_ONE_HOST;
  }

  private boolean begin(Announcement due) {
    var host = CallbackPolicy.host(due.url());
    if (underWay.size() >= AT_ONCE
        || isAtItsLimit(host)
        || underWay.putIfAbsent(due.job(), host) != null) {
      return false;
    }
    workers.execute(() -> announce(due));
    return true;
  }

  private void announce(Announcement due) {
    var delivered = false;
    try {
      var now = clock.instant();
      if (store.claimCallback(due, now, now.plus(CLAIM))) {
        delivered = store.find(due.job()).filter(job -> attempt(job, due)).isPresent();
        record(due, delivered);
      }
    } catch (RuntimeException failure) {
      LOG.warn("Announcing the end of job {} failed", due.job(), failure);
    } finally {
      leave(due.job(), delivered);
    }
  }

  /* Not during a tick, which may have read this one as due before it was done. */
  private synchronized void leave(UUID id, boolean delivered) {
    underWay.remove(id);
    if (delivered) {
      tick(); // others may have waited for this host
    }
  }

  private void record(Announcement claimed, boolean delivered) {
    var attempts = claimed.attempts() + 1;
    var over = delivered || attempts >= MOST_ATTEMPTS;
    if (over && !delivered) {
      LOG.warn("Gave up announcing the end of job {}", claimed.job());
    }
    store.callbackTried(claimed, over ? null : next(attempts));
  }

  private Instant next(int attempts) {
    var pause = LEAST_PAUSE.plus(BACKOFF.jittered(attempts, random));
    return clock.instant().plus(pause);
  }

  /** Makes one attempt; true when the receiver has taken it. */
  private boolean attempt(Job job, Announcement claimed) {
    var url = claimed.url();
    try {
      var target = CallbackTarget.of(url);
      if (policy.defect(url).isPresent() || !policy.allowsHost(target.address().getHost())) {
        LOG.warn("The callback address of job {} may not be called", job.id());
        return false;
      }
      return taken(request(target, job, claimed.attempts() + 1));
    } catch (ExecutionException | TimeoutException | IllegalArgumentException failure) {
      LOG.debug("Announcing the end of job {} failed", job.id(), failure);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /* The deadline is the whole exchange's: a receiver may begin an answer and never end it. */
  private boolean taken(HttpRequest request)
      throws ExecutionException, TimeoutException, InterruptedException {
    var exchange = http().sendAsync(request, BodyHandlers.discarding());
    try {
      return exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() / 100 == 2;
    } finally {
      exchange.cancel(true);
    }
  }

  /** The body of an attempt to announce an end. */
  private record CallbackBody(String event, int attempt, Instant sentAt, Object job) {}

  private HttpRequest request(CallbackTarget target, Job job, int number) {
    var chat = ChatMessage.of(job);
    return switch (target.receiver()) {
      case PROGRAM -> signed(target.address(), job, number);
      case SLACK -> unsigned(target.address(), "application/json", chat.slack());
      case TEAMS -> unsigned(target.address(), "application/json", chat.teams());
      case NTFY -> unsigned(target.address(), "text/plain; charset=utf-8", chat.plain());
    };
  }

  private static HttpRequest unsigned(URI uri, String type, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpRequest signed(URI uri, Job job, int number) {
    var now = clock.instant();
    var body = new CallbackBody(job.status().wireName(), number, now, view.apply(job));
    var bytes = JsonCodec.bytes(body);
    var id = job.id().toString();
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .header("Headway-Delivery", id)
        .header(CallbackSignature.HEADER, signature.of(now, bytes))
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
        .header("webhook-signature", signature.standard(id, now, bytes))
        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
        .build();
  }
}
