package dev.headway.store.job;

import dev.headway.core.job.Attempts;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.job.Json;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.port.JobStore;
import dev.headway.store.Columns;
import dev.headway.store.OwnerColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Binds a job's parts to the parameters of a statement, as {@link JobSql} groups them. */
final class JobBinding {
  private JobBinding() {}

  /** Binds the submission. */
  static void spec(SqlStatement<?> statement, Job job) {
    var spec = job.spec();
    var family = spec.family();
    statement.bind("id", job.id());
    statement.bind("type", spec.type());
    statement.bind("owner", owner(job));
    statement.bind("queue", spec.queue());
    statement.bind("priority", spec.priority());
    attempts(statement, spec.attempts());
    statement.bind("timeout", micros(spec.timeout()));
    statement.bind("external", spec.external());
    statement.bind("idempotency_key", spec.idempotencyKey());
    statement.bindByType("retry_of", spec.retryOf(), UUID.class);
    statement.bindByType("parent", family == null ? null : family.parent(), UUID.class);
    statement.bind("weight", family == null ? null : Double.valueOf(family.weight()));
    var policy = family == null ? ParentEnd.CANCEL : family.onParentEnd();
    statement.bind("on_parent_end", policy.name());
    statement.bind("callback_url", spec.callbackUrl());
    statement.bind("name", spec.name());
    var key = spec.key();
    statement.bind("concurrency_key", key == null ? null : key.name());
    statement.bind("concurrency_limit", key == null ? null : Integer.valueOf(key.limit()));
    statement.bind("tags", Columns.lines(spec.tags()));
    statement.bind("traceparent", spec.traceparent());
    statement.bind("created_at", micros(job.times().created()));
  }

  private static void attempts(SqlStatement<?> statement, Attempts attempts) {
    statement.bind("max_attempts", attempts.most());
    statement.bind("max_lost", attempts.lost());
    statement.bind("retry_first", micros(attempts.pause().first()));
    statement.bind("retry_factor", attempts.pause().factor());
    statement.bind("retry_longest", micros(attempts.pause().longest()));
  }

  /** The owner's id as it is kept. */
  static long owner(Job job) {
    var owner = job.spec().owner();
    return owner == null ? OwnerColumn.NOBODY : owner;
  }

  /** Binds the columns that only a transition changes. */
  static void transition(SqlStatement<?> statement, Job job) {
    var lease = job.lease();
    var cancel = job.cancel();
    statement.bind("status", job.status().name());
    statement.bind("attempt", job.attempt());
    statement.bind("version", job.version());
    statement.bind("milestone", job.position().milestone());
    statement.bind("lease_token", lease == null ? null : lease.token());
    statement.bind("lease_worker", lease == null ? null : lease.worker());
    statement.bind("lease_length", lease == null ? null : micros(lease.length()));
    statement.bind("leases_lost", job.pastLeases().lost());
    statement.bind("last_lease", job.pastLeases().last());
    statement.bind("ready_at", micros(job.times().ready()));
    statement.bind("cancel_at", cancel == null ? null : micros(cancel.at()));
    statement.bind(
        "cancel_keep_partial", cancel == null ? null : Boolean.valueOf(cancel.keepPartial()));
    statement.bind("started_at", micros(job.times().started()));
    statement.bind("completed_at", micros(job.times().completed()));
    var announced = job.spec().callbackUrl() == null ? null : job.times().completed();
    statement.bind("callback_due_at", micros(announced));
    outcome(statement, job.outcome());
  }

  private static void outcome(SqlStatement<?> statement, @Nullable Outcome outcome) {
    var error = outcome instanceof Outcome.Failed(var reason) ? reason : null;
    statement.bind("result", text(result(outcome)));
    error(statement, error);
  }

  private static @Nullable Json result(@Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> null;
      case Outcome.Completed(var result) -> result;
      case Outcome.Cancelled(var partial) -> partial;
      case Outcome.Failed(JobError _) -> null;
    };
  }

  /** Binds the columns that a report changes. */
  static void progress(SqlStatement<?> statement, Job job) {
    var lease = job.lease();
    reached(statement, job);
    statement.bind("steps", StepLines.of(job.steps()));
    statement.bind("lease_expires_at", lease == null ? null : micros(lease.expiresAt()));
    statement.bind("lease_confirmed", lease != null && lease.confirmed());
    statement.bind("due_at", micros(JobStore.dueAt(job).orElse(null)));
  }

  /* What a job and its events have in common. */
  private static void reached(SqlStatement<?> statement, Job job) {
    var progress = job.progress();
    var eta = progress.eta();
    statement.bind("reports", job.position().reports());
    statement.bind("percent", progress.percent());
    statement.bind("step", progress.step());
    statement.bind("message", progress.message());
    statement.bind("done", progress.done());
    statement.bind("total", progress.total());
    statement.bind("eta", eta == null ? null : Double.valueOf(eta.seconds()));
    statement.bind("eta_low", eta == null ? null : Double.valueOf(eta.low()));
    statement.bind("eta_high", eta == null ? null : Double.valueOf(eta.high()));
    var begin = progress.begin();
    statement.bind("begun_at", begin == null ? null : micros(begin.at()));
    statement.bind("begun_percent", begin == null ? null : Double.valueOf(begin.percent()));
    statement.bind("metadata", text(progress.metadata()));
    statement.bind("updated_at", micros(job.times().updated()));
    statement.bind("stalled_at", micros(job.times().stalledSince()));
  }

  /** Binds an event with what it shows of its job. */
  static void event(SqlStatement<?> statement, Milestone milestone) {
    var job = milestone.event().job();
    var error = milestone.event().attemptError();
    reached(statement, job);
    statement.bind("job", job.id());
    statement.bind("number", milestone.number());
    statement.bind("at", milestone.at());
    statement.bind("type", milestone.event().type());
    statement.bind("log_lines", job.position().line());
    statement.bind("attempt", job.attempt());
    statement.bind("started_at", micros(job.times().started()));
    statement.bind("cancel_requested", job.cancel() != null);
    error(statement, error);
  }

  private static void error(SqlStatement<?> statement, @Nullable JobError error) {
    statement.bind("error_code", error == null ? null : error.code().name());
    statement.bind("error_message", error == null ? null : error.message());
    statement.bind("error_details", error == null ? null : error.details());
  }

  private static @Nullable Long micros(@Nullable Instant moment) {
    return moment == null ? null : Long.valueOf(Columns.micros(moment));
  }

  private static @Nullable Long micros(@Nullable Duration duration) {
    return duration == null ? null : Long.valueOf(Columns.micros(duration));
  }

  private static @Nullable String text(@Nullable Json json) {
    return json == null ? null : json.text();
  }
}
