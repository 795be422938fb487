package dev.headway.server.webhook;

import dev.headway.core.job.Job;
import dev.headway.core.port.Announcements.Announcement;
import dev.headway.core.port.Announcements.Occasion;
import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an announcement about a job to its receiver: to a program as signed JSON, to people in a
 * few words. Thread-safe; blocks for 10 s at most.
 */
public final class CallbackSender {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final CallbackPolicy policy;
  private final CallbackSignature signature;
  private final Function<Job, ?> view;
  private final InstantSource clock;
  private final Executor workers;
  private @Nullable HttpClient http;

  /**
   * Sends to the addresses that a policy allows.
   *
   * @param signature signs what programs are sent
   * @param view shows a job as REST does
   * @param clock stamps what programs are sent
   * @param workers run the HTTP client, a virtual thread each
   */
  public CallbackSender(
      CallbackPolicy policy,
      CallbackSignature signature,
      Function<Job, ?> view,
      InstantSource clock,
      Executor workers) {
    this.policy = policy;
    this.signature = signature;
    this.view = view;
    this.clock = clock;
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

  /** Makes one attempt; returns whether the receiver has taken it, or nobody need be told. */
  boolean send(Job job, Announcement due) {
    if (due.occasion() == Occasion.STALLED && job.ended()) {
      return true; // told too late to be of use
    }
    try {
      if (policy.defect(due.url()).isPresent()) {
        LOG.warn("The callback address of job {} may not be called", job.id());
        return false;
      }
      var target = CallbackTarget.of(due.url());
      return target.receiver() == CallbackTarget.Receiver.MAIL
          ? mailed(target, ChatMessage.of(job, due.occasion()))
          : called(target, job, due);
    } catch (ExecutionException
        | TimeoutException
        | IOException
        | IllegalArgumentException failure) {
      LOG.debug("The announcement of job {} failed", job.id(), failure);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean mailed(CallbackTarget target, ChatMessage message) throws IOException {
    var mailer = policy.mailer();
    if (mailer == null) {
      return false;
    }
    mailer.send(target.address().getSchemeSpecificPart(), message.title(), message.lines());
    return true;
  }

  /* The deadline is the whole exchange's: a receiver may begin an answer and never end it. */
  private boolean called(CallbackTarget target, Job job, Announcement due)
      throws ExecutionException, TimeoutException, InterruptedException {
    if (!policy.allowsHost(target.address().getHost())) {
      LOG.warn("The callback address of job {} may not be called", job.id());
      return false;
    }
    var exchange = http().sendAsync(request(target, job, due), BodyHandlers.discarding());
    try {
      return exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).statusCode() / 100 == 2;
    } finally {
      exchange.cancel(true);
    }
  }

  /** The body of an attempt. */
  private record CallbackBody(String event, int attempt, Instant sentAt, Object job) {}

  private HttpRequest request(CallbackTarget target, Job job, Announcement due) {
    var chat = ChatMessage.of(job, due.occasion());
    return switch (target.receiver()) {
      case PROGRAM -> signed(target.address(), job, due);
      case SLACK -> unsigned(target.address(), "application/json", chat.slack());
      case TEAMS -> unsigned(target.address(), "application/json", chat.teams());
      case NTFY -> unsigned(target.address(), "text/plain; charset=utf-8", chat.plain());
      case MAIL -> throw new IllegalArgumentException("An e-mail is not sent by HTTP");
    };
  }

  private static HttpRequest unsigned(URI uri, String type, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpRequest signed(URI uri, Job job, Announcement due) {
    var now = clock.instant();
    var body = new CallbackBody(event(job, due), due.attempts() + 1, now, view.apply(job));
    var bytes = JsonCodec.bytes(body);
    var id = due.id();
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

  private static String event(Job job, Announcement due) {
    var occasion = due.occasion();
    return occasion == null ? job.status().wireName() : occasion.name().toLowerCase(Locale.ROOT);
  }
}
