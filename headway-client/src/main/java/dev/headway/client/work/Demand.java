package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.Json;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The jobs that are wanted under the same terms, and those that the server has handed out. Guarded
 * by the connection's lock.
 */
final class Demand {
  private final Claim terms;
  private final ArrayDeque<JsonNode> untaken = new ArrayDeque<>();
  private int waiting;
  private int held;
  private int asked;
  private @Nullable ApiException refused;

  Demand(Claim terms) {
    this.terms = terms;
  }

  /** Counts one more, or one fewer, who waits for a job. */
  void waiting(int change) {
    waiting += change;
  }

  /** Takes in a job, if it is one of these. */
  boolean claimed(JsonNode claim) {
    var type = claim.path("job").path("job_type").asString("");
    var fits =
        terms.queue().equals(claim.path("job").path("queue").asString(""))
            && (terms.jobTypes().isEmpty() || terms.jobTypes().contains(type));
    if (fits) {
      untaken.add(claim);
      held++;
    }
    return fits;
  }

  /** The next job that was handed out; null for none. */
  @Nullable JsonNode take() {
    return untaken.poll();
  }

  /** Drops a job that nobody took in time: the server gives no other in its place. */
  boolean drop(String lease) {
    return untaken.removeIf(claim -> claim.path("lease").asString("").equals(lease));
  }

  /** Notes that one job fewer is held. */
  void released() {
    held--;
  }

  /** Forgets what a connection has handed out, which is lost. */
  void disconnected() {
    untaken.clear();
    held = 0;
    asked = 0;
  }

  void refuse(ApiException reason) {
    refused = reason;
  }

  /** Why there will be no job; null when there may be one. */
  @Nullable ApiException refused() {
    return refused;
  }

  /** The message that asks for as many as are wanted; null when it was sent. */
  @Nullable ObjectNode work(long id) {
    if (waiting + held == asked) {
      return null;
    }
    asked = waiting + held;
    var message = Json.object().put("op", "work").put("id", id).put("queue", terms.queue());
    message.put("worker_id", terms.workerId());
    message.put("lease_seconds", terms.lease().toMillis() / 1000.0);
    message.put("at_most", asked);
    var types = message.putArray("job_types");
    terms.jobTypes().forEach(types::add);
    return message;
  }
}
