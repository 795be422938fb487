package dev.headway.server.jobs;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.server.jobs.WorkerMessage.Refusal;
import dev.headway.server.jobs.WorkerReports.Item;
import dev.headway.server.session.ClientMessage;
import dev.headway.server.socket.Connection;
import dev.headway.server.stream.StreamPart;
import dev.headway.server.stream.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A worker on one connection. Its requests are serialized by the connection; it is handed jobs, and
 * told what happens to them, on other threads.
 */
final class WorkerSession implements StreamPart.Session {
  /** The largest message of a worker, in bytes. */
  static final int MOST_BYTES = 256 * 1024;

  /** The most queues, types and leases that one connection asks for side by side. */
  private static final int MOST_TERMS = 64;

  /** The messages of a worker in a second. */
  private static final int MOST_MESSAGES = 1_000;

  private static final Duration ACK_WITHIN = Duration.ofMillis(100);

  private final WorkerChannel channel;
  private final Connection connection;
  private final Wire wire;
  private final List<QueueClaims> claims = new ArrayList<>();
  private final ConcurrentHashMap<UUID, Held> held = new ConcurrentHashMap<>();
  private long upto;
  private boolean ackPlanned;

  WorkerSession(WorkerChannel channel, Connection connection, Wire wire) {
    this.channel = channel;
    this.connection = connection;
    this.wire = wire;
  }

  /** A job that the worker holds. Its lease tells one attempt from the next. */
  private static final class Held {
    private final String lease;
    private final @Nullable QueueClaims from;
    private volatile boolean answered;
    private volatile boolean told;

    /**
     * @param from the claims that handed it out; null when another connection did
     */
    Held(String lease, @Nullable QueueClaims from) {
      this.lease = lease;
      this.from = from;
    }

    /* A worker that has never answered is given no other job in its place. */
    void release() {
      if (from != null && answered) {
        from.released();
      }
    }
  }

  private void send(Record message) {
    connection.send(wire.frame(message));
  }

  @Override
  public void perform(ClientMessage request, Principal who) {
    if (who instanceof Principal.Watcher) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR, "A watch token may only watch its topics");
    }
    if (request.kind().equals("work")) {
      work(request, who);
    } else {
      reports(request.as(WorkerMessage.Reports.class), who);
    }
  }

  private void work(ClientMessage request, Principal who) {
    var asked = request.as(WorkerMessage.Work.class);
    var terms = asked.claim();
    var query = terms.waiting(channel.access(), who);
    connection.allow(MOST_BYTES, MOST_MESSAGES);
    var handing = claims(query, terms);
    send(new WorkerMessage.Working(request.id(), true)); // before any job
    handing.want(asked.most());
  }

  /** The claims under these terms; they begin with the first request. */
  private QueueClaims claims(Waiting query, JobRequests.Claim terms) {
    for (var present : claims) {
      if (present.sameAs(query, terms)) {
        return present;
      }
    }
    if (claims.size() == MOST_TERMS) {
      throw HeadwayException.invalid(
          "queue",
          "The worker asks for jobs under %d different terms already".formatted(MOST_TERMS));
    }
    var begun = new QueueClaims(channel.jobs(), query, terms, this::hand);
    claims.add(begun);
    channel.threads().execute(begun);
    return begun;
  }

  /* In the claims' thread. */
  private void hand(Job job, QueueClaims from) {
    var claimed = Claimed.of(job, channel.jobs());
    held.put(job.id(), new Held(claimed.lease(), from));
    channel.holds(job.id(), this);
    send(new WorkerMessage.Handed(claimed));
  }

  private void reports(WorkerMessage.Reports said, Principal who) {
    said.check();
    var outcome = new Outcome(Objects.requireNonNull(said.upto()), who);
    var items = Objects.requireNonNull(said.items());
    for (var at = 0; at < items.size(); at++) {
      take(items.get(at), at, outcome);
    }
    outcome.send();
    upto = Math.max(upto, outcome.upto);
    if (outcome.anyEnd) {
      ack(); // the worker waits for it
    } else if (!ackPlanned) {
      ackPlanned = true;
      connection.after(ACK_WITHIN, this::ack);
    }
  }

  private void ack() {
    ackPlanned = false;
    send(new WorkerMessage.Acked(upto));
  }

  private void take(JsonNode value, int at, Outcome outcome) {
    var lease = value.path("lease").asString("");
    try {
      var item = WorkerReports.item(value);
      if (item.end()) {
        outcome.anyEnd = true;
        outcome.ended.add(WorkerMessage.EndedJob.of(item.lease(), end(item, outcome.who)));
      } else {
        report(item, outcome);
      }
    } catch (HeadwayException refused) {
      outcome.refuse(lease, at, refused);
    }
  }

  private void report(Item item, Outcome outcome) {
    var job = channel.reports().take(item, outcome.who);
    var known = held.get(item.job());
    if (known == null || !known.lease.equals(item.lease())) {
      known = new Held(item.lease(), null);
      held.put(item.job(), known);
      channel.holds(item.job(), this);
    }
    known.answered = true;
    if (job.cancelRequested() && !known.told) {
      known.told = true;
      outcome.cancel(job, item.lease());
    }
  }

  /* What the worker brings about itself is no news to it. */
  private Job end(Item item, Principal who) {
    var before = held.remove(item.job());
    Job job;
    try {
      job = channel.reports().take(item, who);
    } catch (HeadwayException refused) {
      if (before != null && refused.code() != ErrorCode.LEASE_LOST) {
        held.put(item.job(), before);
      }
      throw refused;
    }
    channel.holdsNoLonger(item.job(), this);
    if (before != null) {
      before.answered = true;
      before.release();
    }
    return job;
  }

  /** Tells the worker what has happened to a job of its. Called under the job's lock. */
  void happened(Job job) {
    var known = held.get(job.id());
    if (known == null) {
      return;
    }
    var lease = job.lease();
    if (lease == null || !lease.token().equals(known.lease)) {
      if (held.remove(job.id(), known)) {
        channel.holdsNoLonger(job.id(), this);
        known.release();
        send(new WorkerMessage.Lost(List.of(known.lease)));
      }
    } else if (job.cancelRequested() && !known.told) {
      known.told = true;
      send(cancel(job, known.lease));
    }
  }

  private static WorkerMessage.CancelRequested cancel(Job job, String lease) {
    var keep = job.cancel() != null && job.cancel().keepPartial();
    return new WorkerMessage.CancelRequested(List.of(lease), keep ? List.of(lease) : List.of());
  }

  /** The news for the worker of one message, to be sent before it is acknowledged. */
  private final class Outcome {
    private final long upto;
    private final Principal who;
    private final List<String> lost = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<WorkerMessage.EndedJob> ended = new ArrayList<>();
    private final List<WorkerMessage.CancelRequested> cancelled = new ArrayList<>();
    private boolean anyEnd;

    Outcome(long upto, Principal who) {
      this.upto = upto;
      this.who = who;
    }

    void refuse(String lease, int item, HeadwayException reason) {
      if (reason.code() == ErrorCode.LEASE_LOST) {
        lost.add(lease);
      } else {
        refused.add(new Refusal(lease, upto, item, reason.code(), reason.safeMessage()));
      }
    }

    void cancel(Job job, String lease) {
      cancelled.add(WorkerSession.cancel(job, lease));
    }

    void send() {
      if (!lost.isEmpty()) {
        WorkerSession.this.send(new WorkerMessage.Lost(lost));
      }
      cancelled.forEach(WorkerSession.this::send);
      if (!refused.isEmpty()) {
        WorkerSession.this.send(new WorkerMessage.Refused(refused));
      }
      if (!ended.isEmpty()) {
        WorkerSession.this.send(new WorkerMessage.Ended(ended));
      }
    }
  }

  /** Ends the claims that whoever has authenticated now may not make. */
  @Override
  public void admitted(Principal who) {
    var forbidden = claims.stream().filter(held -> !held.allowed(channel.access(), who)).toList();
    forbidden.forEach(QueueClaims::end);
    claims.removeAll(forbidden);
  }

  @Override
  public void closed() {
    claims.forEach(QueueClaims::end);
    held.keySet().forEach(job -> channel.holdsNoLonger(job, this));
  }
}
