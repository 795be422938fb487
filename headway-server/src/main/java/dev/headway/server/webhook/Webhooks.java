package dev.headway.server.webhook;

import dev.headway.core.engine.JobListener;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Announcement;
import dev.headway.server.http.JsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the ends of jobs at the addresses that their creators named, each at least once. What
 * is to be announced is stored with the job's end in one transaction; it is tried again with
 * growing pauses (exponential, full jitter) until the receiver answers 2xx, and given up after
 * {@value #MOST_ATTEMPTS} attempts, which is about three days. Safe for use by any thread.
 */
public final class Webhooks implements JobListener {
  private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
  static final int MOST_ATTEMPTS = 40;
  private static final int AT_ONCE = 16;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(2);

  /**
   * What announcements are made with.
   *
   * @param policy where they may go
   * @param signature signs them
   * @param view shows a job as REST does
   * @param clock stamps them
   * @param random spreads attempts
   * @param workers makes them, a virtual thread each
   */
  public record Services(
      CallbackPolicy policy,
      CallbackSignature signature,
      Function<Job, ?> view,
      InstantSource clock,
      RandomGenerator random,
      Executor workers) {}

  private final JobStore store;
  private final Services services;
  private @Nullable HttpClient http;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

  /** Announces the ends of the jobs in {@code store}; must be added to the jobs' listeners. */
  public Webhooks(JobStore store, Services services) {
    this.store = store;
    this.services = services;
  }

  /* Made for the first announcement: its TLS would cost a tenth of every start. */
  private synchronized HttpClient http() {
    var made = http;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .executor(services.workers())
              .build();
      http = made;
    }
    return made;
  }

  @Override
  public void happened(JobEvent event) {
    if (event.ended() && event.job().spec().callbackUrl() != null) {
      services.workers().execute(this::tick);
    }
  }

  /** Begins what is due by now, as far as there is place. */
  public void tick() {
    for (var callback : store.callbacksDue(services.clock().instant(), AT_ONCE * 4)) {
      var id = callback.job().id();
      if (places.tryAcquire()) {
        if (underWay.add(id)) {
          services.workers().execute(() -> announce(callback));
        } else {
          places.release();
        }
      }
    }
  }

  private void announce(Announcement callback) {
    try {
      record(callback, attempt(callback.job(), callback.attempts() + 1));
    } catch (RuntimeException failure) {
      LOG.warn("Announcing the end of job {} failed", callback.job().id(), failure);
    } finally {
      underWay.remove(callback.job().id());
      places.release();
    }
  }

  private void record(Announcement callback, boolean delivered) {
    var attempts = callback.attempts() + 1;
    var over = delivered || attempts >= MOST_ATTEMPTS;
    if (over && !delivered) {
      LOG.warn("Gave up announcing the end of job {}", callback.job().id());
    }
    store.callbackTried(callback.job().id(), attempts, over ? null : next(attempts));
  }

  private Instant next(int attempts) {
    var doubled = FIRST_PAUSE.toMillis() << Math.min(attempts - 1, 20);
    var ceiling = Math.min(doubled, LONGEST_PAUSE.toMillis());
    var pause = FIRST_PAUSE.toMillis() / 2 + services.random().nextLong(ceiling);
    return services.clock().instant().plusMillis(pause);
  }

  /** Makes one attempt; true when the receiver has taken it. */
  private boolean attempt(Job job, int number) {
    var url = String.valueOf(job.spec().callbackUrl());
    try {
      var uri = URI.create(url);
      if (services.policy().defect(url).isPresent()
          || !services.policy().allowsHost(uri.getHost())) {
        LOG.warn("The callback address of job {} may not be called", job.id());
        return false;
      }
      var answer = http().send(request(uri, job, number), BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2;
    } catch (IOException | IllegalArgumentException failure) {
      LOG.debug("Announcing the end of job {} failed", job.id(), failure);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpRequest request(URI uri, Job job, int number) {
    var now = services.clock().instant();
    var body = new LinkedHashMap<String, Object>();
    body.put("event", job.status().wireName());
    body.put("attempt", number);
    body.put("sent_at", now);
    body.put("job", services.view().apply(job));
    var bytes = JsonCodec.bytes(body);
    return HttpRequest.newBuilder(uri)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header("Headway-Delivery", job.id().toString())
        .header(CallbackSignature.HEADER, services.signature().of(now, bytes))
        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
        .build();
  }
}
