package dev.headway.server.http.dispatch;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Problem;
import dev.headway.server.http.Response;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.Quota;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.limit.Refusals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that are being handled: so many of each client at a time, and each for so long. Not
 * even a handler that never returns leaves a request without an answer. Thread-safe.
 */
public final class OpenRequests {
  private static final Logger LOG = LoggerFactory.getLogger(OpenRequests.class);

  /** Requests of one client that cost much, for example a password's hash, at a time. */
  private static final int COSTLY = 10;

  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Set<OpenRequest> open = ConcurrentHashMap.newKeySet();
  private final Quota<ClientKey> requests;
  private final Quota<ClientKey> costly = new Quota<>(COSTLY);
  private final Refusals refusals;
  private final Counter overdue;
  private final LongSupplier ticker;

  /**
   * @param each how many requests a client may have open, from 1
   * @param ticker milliseconds of a clock that never goes back
   */
  public OpenRequests(int each, Refusals refusals, MeterRegistry meters, LongSupplier ticker) {
    this.requests = new Quota<>(each);
    this.refusals = refusals;
    this.ticker = ticker;
    this.overdue =
        Counter.builder("headway.http.overdue")
            .description("Requests that were answered in their handler's place")
            .register(meters);
    meters.gauge("headway.http.open", open, Set::size);
  }

  /** A request that the present thread handles from now on. */
  OpenRequest begin(Exchange exchange, Consumer<Response> reply) {
    var request = new OpenRequest(exchange, reply);
    open.add(request);
    return request;
  }

  /** Answers the requests that have taken too long, and interrupts their threads. */
  public void tick() {
    open.forEach(OpenRequest::check);
  }

  /** A request. Used by its thread, but for {@link #check}. */
  final class OpenRequest implements AutoCloseable {
    private final Exchange exchange;
    private final Consumer<Response> reply;
    private final Thread thread = Thread.currentThread();
    private final long since = ticker.getAsLong();
    private final AtomicReference<@Nullable Response> answer = new AtomicReference<>();
    private final List<Runnable> taken = new ArrayList<>(2);

    private OpenRequest(Exchange exchange, Consumer<Response> reply) {
      this.exchange = exchange;
      this.reply = reply;
    }

    Exchange exchange() {
      return exchange;
    }

    /**
     * Counts the request as a client's.
     *
     * @throws HeadwayException RATE_LIMITED when the client has too many
     */
    void count(ClientKey who, boolean isCostly) {
      take(requests, who);
      if (isCostly) {
        take(costly, who);
      }
    }

    private void take(Quota<ClientKey> quota, ClientKey who) {
      if (quota.take(who, 1) != Quota.Grant.GIVEN) {
        refusals.count(RefusalReason.REQUESTS);
        throw HeadwayException.later(
            ErrorCode.RATE_LIMITED, "Too many requests at a time; wait for some of them", WAIT);
      }
      taken.add(() -> quota.release(who, 1));
    }

    /** Answers, unless that has been done; returns the answer that went out. */
    Response reply(Response response) {
      if (answer.compareAndSet(null, response)) {
        reply.accept(response);
        return response;
      }
      if (response instanceof Response.Content unsent) {
        close(unsent);
      }
      var sent = answer.get();
      return sent == null ? response : sent;
    }

    private void close(Response.Content unsent) {
      try {
        unsent.close();
      } catch (IOException failed) {
        LOG.warn("The content of the late answer {} could not be closed", exchange.id(), failed);
      }
    }

    private void check() {
      var limit = exchange.limit();
      if (ticker.getAsLong() - since >= limit.toMillis()
          && answer.compareAndSet(null, late(limit))) {
        overdue.increment();
        LOG.error(
            "Request {} ({}) is not answered within {} s; its thread is interrupted",
            exchange.id(),
            exchange.operation(),
            limit.toSeconds());
        reply.accept(late(limit));
        thread.interrupt();
      }
    }

    private Response late(Duration limit) {
      var refusal =
          new HeadwayException(
              ErrorCode.TIMEOUT_ERROR,
              "The request took longer than %d seconds; the log has it under the request id %s"
                  .formatted(limit.toSeconds(), exchange.id()));
      return exchange.finished(Problem.of(refusal, exchange.id()));
    }

    @Override
    public void close() {
      open.remove(this);
      taken.forEach(Runnable::run);
    }
  }
}
