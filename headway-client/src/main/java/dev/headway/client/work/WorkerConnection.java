package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.Json;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Problem;
import dev.headway.client.http.ProtocolException;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.link.ConnectionEnd;
import dev.headway.client.link.Link;
import dev.headway.client.time.Backoff;
import dev.headway.client.time.Timing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A worker's connection on the native stream: jobs come as there are any, and what is said of them
 * goes in batches. It connects again when it is lost; what was not acknowledged by then fails as
 * unreachable, so that whoever said it says it again. Thread-safe; callers wait for the server.
 */
public final class WorkerConnection implements AutoCloseable {
  private static final Set<String> ENDS = Set.of("complete", "fail", "cancelled");
  private static final int MOST_ITEMS = 1_000;
  private static final int MOST_CHARACTERS = 200_000;

  /** The characters of a message until the server knows that it comes from a worker. */
  private static final int MOST_BEFORE_WORK = 8_000;

  private static final int MOST_UNACKNOWLEDGED = 16;
  private static final Duration BATCH = Duration.ofMillis(5);
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(30);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  private final Link.Dialer dialer;
  private final Timing timing;
  private final URI server;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock.
  private final Map<Claim, Demand> demands = new LinkedHashMap<>();
  private final Map<String, Demand> sources = new HashMap<>();
  private final Map<Long, Demand> requests = new HashMap<>();
  private final Map<String, Runnable> cancelListeners = new HashMap<>();
  private final List<Item> unsent = new ArrayList<>();
  private final TreeMap<Long, List<Item>> sent = new TreeMap<>();
  private @Nullable Link link;
  private boolean open;
  private boolean tried;
  private boolean flushing;
  private boolean closed;
  private long number;
  private int mostCharacters = MOST_BEFORE_WORK;

  /**
   * A connection that is made when it is first needed.
   *
   * @param server is named in messages
   */
  public WorkerConnection(Link.Dialer dialer, Timing timing, URI server) {
    this.dialer = dialer;
    this.timing = timing;
    this.server = server;
    this.backoff = new Backoff(timing.random(), LONGEST_RETRY);
  }

  /** Something that is said of a job, until it is known to be taken. */
  private record Item(String lease, String text, boolean end, CompletableFuture<JsonNode> answer) {
    Item(String lease, ObjectNode body, boolean end) {
      this(lease, Json.write(body), end, new CompletableFuture<>());
    }
  }

  /** Begins to connect, unless it has before. */
  void begin() {
    lock.lock();
    try {
      if (link == null && !tried && !closed) {
        dial();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is connected; waits for the first attempt to connect. */
  boolean ready() {
    begin();
    lock.lock();
    try {
      var left = CONNECT_WITHIN.toNanos();
      while (!tried && left > 0) {
        left = changed.awaitNanos(left);
      }
      return open;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a job and takes it.
   *
   * @return the claim as the server words it; null when the connection was lost
   * @throws ApiException when there may be none
   */
  @Nullable JsonNode take(Claim claim) throws InterruptedException {
    lock.lock();
    try {
      var demand = demands.computeIfAbsent(claim, Demand::new);
      demand.waiting(1);
      try {
        flushSoon();
        return awaitJob(claim, demand);
      } finally {
        demand.waiting(-1);
        flushSoon();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable JsonNode awaitJob(Claim claim, Demand demand) throws InterruptedException {
    while (open) {
      var refusal = demand.refused();
      if (refusal != null) {
        demands.remove(claim);
        throw refusal;
      }
      var job = demand.take();
      if (job != null) {
        showAlive(job.path("lease").asString(""));
        return job;
      }
      changed.await();
    }
    return null;
  }

  /* The server tells a connection of those jobs that it has heard of over it. */
  private void showAlive(String lease) {
    unsent.add(new Item(lease, Json.object().put("lease", lease), false));
  }

  /**
   * Says something of a job and waits until it is taken.
   *
   * @return the server's answer; null when it must be said by HTTP: there is no connection, or it
   *     is too large for a message
   * @throws ClientException when it is refused, or not acknowledged
   */
  @Nullable JsonNode say(String lease, String kind, ObjectNode body) {
    var end = ENDS.contains(kind);
    var item = new Item(lease, body.put("lease", lease).put("kind", kind), end);
    lock.lock();
    try {
      if (!open || item.text().length() > mostCharacters) {
        return null;
      }
      if (end) {
        released(lease);
      }
      unsent.add(item);
      flushSoon();
    } finally {
      lock.unlock();
    }
    return answer(item);
  }

  private JsonNode answer(Item item) {
    try {
      var within = ACKNOWLEDGE_WITHIN.toMillis();
      return item.answer().copy().orTimeout(within, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ClientException refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof TimeoutException) {
        throw unreachable("it did not acknowledge in time");
      }
      throw new ProtocolException("Not taken: " + e.getCause(), e);
    }
  }

  private UnreachableException unreachable(String why) {
    return new UnreachableException(server, new IOException(why));
  }

  /** Runs {@code listener} when the work under a lease is to stop; null to run it no longer. */
  void onCancel(String lease, @Nullable Runnable listener) {
    lock.lock();
    try {
      if (listener == null) {
        cancelListeners.remove(lease);
      } else {
        cancelListeners.put(lease, listener);
      }
    } finally {
      lock.unlock();
    }
  }

  private void released(String lease) {
    var demand = sources.remove(lease);
    if (demand != null) {
      demand.released();
    }
  }

  private void dial() {
    link = dialer.dial(new Listener());
  }

  private void flushSoon() {
    if (!flushing && open) {
      flushing = true;
      var unused = timing.scheduler().schedule(BATCH, this::flush);
    }
  }

  private void flush() {
    lock.lock();
    try {
      flushing = false;
      if (!open || link == null) {
        return;
      }
      for (var demand : demands.values()) {
        var work = demand.work(number + 1);
        if (work != null) {
          requests.put(++number, demand);
          link.send(Json.write(work));
        }
      }
      while (!unsent.isEmpty() && sent.size() < MOST_UNACKNOWLEDGED) {
        link.send(nextBatch());
      }
    } finally {
      lock.unlock();
    }
  }

  private String nextBatch() {
    var count = 0;
    var characters = 0;
    while (count < Math.min(unsent.size(), MOST_ITEMS)) {
      characters += unsent.get(count).text().length();
      if (count > 0 && characters > mostCharacters) {
        break;
      }
      count++;
    }
    var batch = List.copyOf(unsent.subList(0, count));
    unsent.subList(0, count).clear();
    sent.put(++number, batch);
    return "{\"op\":\"reports\",\"id\":%d,\"upto\":%d,\"items\":[%s]}"
        .formatted(number, number, String.join(",", batch.stream().map(Item::text).toList()));
  }

  private final class Listener implements Link.Listener {
    @Override
    public void onText(String text, Runnable next) {
      received(Json.parse(text));
      next.run();
    }

    @Override
    public void onAlive() {}

    @Override
    public void onEnd(ConnectionEnd ending) {
      ended(ending.reason());
    }
  }

  private void received(JsonNode frame) {
    var listeners = new ArrayList<Runnable>();
    lock.lock();
    try {
      if (frame.has("hello")) {
        open = true;
        tried = true;
        cancelListeners.keySet().forEach(this::showAlive);
        flushSoon();
      }
      if (frame.has("claimed")) {
        claimed(frame.path("claimed"));
      }
      frame.path("lost").forEach(lease -> lost(lease.asString("")));
      frame.path("refused").forEach(this::refused);
      frame.path("ended").forEach(this::endedJob);
      if (frame.has("acked")) {
        acknowledged(frame.path("acked").asLong(0));
      }
      if (frame.has("re")) {
        replied(frame);
      }
      for (var lease : frame.path("cancel_requested")) {
        listeners.add(cancelListeners.getOrDefault(lease.asString(""), () -> {}));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  private void claimed(JsonNode claim) {
    backoff.reset();
    for (var demand : demands.values()) {
      if (demand.claimed(claim)) {
        sources.put(claim.path("lease").asString(""), demand);
        return;
      }
    }
  }

  private void lost(String lease) {
    var demand = sources.get(lease);
    if (demand == null || !demand.drop(lease)) {
      released(lease);
    }
    var reason = new LeaseLostException(409, problem("LEASE_LOST", "The lease was lost"));
    unacknowledged(lease).forEach(item -> item.answer().completeExceptionally(reason));
  }

  private List<Item> unacknowledged(String lease) {
    return sent.values().stream()
        .flatMap(List::stream)
        .filter(item -> item.lease().equals(lease) && !item.answer().isDone())
        .toList();
  }

  private void refused(JsonNode refusal) {
    var batch = sent.get(refusal.path("upto").asLong(0));
    var at = refusal.path("item").asInt(-1);
    if (batch != null && at >= 0 && at < batch.size()) {
      batch.get(at).answer().completeExceptionally(refusal(refusal));
    }
  }

  private void endedJob(JsonNode ended) {
    unacknowledged(ended.path("lease").asString("")).stream()
        .filter(Item::end)
        .forEach(item -> item.answer().complete(ended));
  }

  private void acknowledged(long upto) {
    var taken = sent.headMap(upto, true);
    taken.values().forEach(batch -> batch.forEach(item -> item.answer().complete(Json.object())));
    taken.clear();
    backoff.reset();
    if (!unsent.isEmpty()) {
      flushSoon();
    }
  }

  private void replied(JsonNode frame) {
    var id = frame.path("re").asLong(0);
    var demand = requests.remove(id);
    if (!frame.has("error")) {
      mostCharacters = MOST_CHARACTERS;
      return;
    }
    var reason = refusal(frame.path("error"));
    if (demand != null) {
      demand.refuse(reason);
    }
    var batch = sent.remove(id);
    if (batch != null) {
      batch.forEach(item -> item.answer().completeExceptionally(reason));
    }
  }

  private static ApiException refusal(JsonNode error) {
    var code = error.path("code").asString("");
    var problem = problem(code, error.path("message").asString(""));
    return switch (code) {
      case "LEASE_LOST" -> new LeaseLostException(409, problem);
      case "INVALID_INPUT" -> new ApiException(400, problem);
      case "AUTHENTICATION_ERROR" -> new ApiException(401, problem);
      case "AUTHORIZATION_ERROR" -> new ApiException(403, problem);
      case "NOT_FOUND" -> new ApiException(404, problem);
      case "CONFLICT", "TOO_LATE" -> new ApiException(409, problem);
      case "VALIDATION_ERROR" -> new ApiException(422, problem);
      case "RATE_LIMITED" -> new ApiException(429, problem);
      case "UNAVAILABLE" -> new ApiException(503, problem);
      default -> new ApiException(500, problem);
    };
  }

  private static Problem problem(String code, String message) {
    return new Problem(message, code, List.of(), null);
  }

  private void ended(String reason) {
    List<Item> lost;
    lock.lock();
    try {
      open = false;
      tried = true;
      mostCharacters = MOST_BEFORE_WORK;
      lost = new ArrayList<>(unsent);
      sent.values().forEach(lost::addAll);
      unsent.clear();
      sent.clear();
      requests.clear();
      sources.clear();
      demands.values().forEach(Demand::disconnected);
      changed.signalAll();
      if (!closed) {
        backoff.fail();
        var wait = backoff.between(Duration.ofMillis(200), Duration.ofSeconds(2));
        var unused = timing.scheduler().schedule(wait, this::redial);
      }
    } finally {
      lock.unlock();
    }
    lost.forEach(item -> item.answer().completeExceptionally(unreachable(reason)));
  }

  private void redial() {
    lock.lock();
    try {
      if (!closed) {
        dial();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Closes the connection. What was not acknowledged may be lost: end the jobs first. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (link != null) {
        link.abort();
      }
    } finally {
      lock.unlock();
    }
    ended("closed");
  }
}
