package dev.headway.store.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.Waiting;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Frequent queries: each is answered from an index, however many jobs have ended. */
abstract class QueryPlanContract {
  /** How the database would do it, in its own words. */
  abstract String plan(String sql);

  /** Whether a plan reads jobs otherwise than by an index, or sorts them. */
  abstract boolean wasteful(String plan);

  private String plan(JobQuery query) {
    var sql = query.sql();
    for (var parameter : query.parameters().entrySet()) {
      sql = sql.replaceAll(":" + parameter.getKey() + "\\b", literal(parameter.getValue()));
    }
    return plan(sql.replaceAll(":(limit|offset)\\b", "20"));
  }

  private static String literal(Object value) {
    return value instanceof Number ? value.toString() : "'" + value + "'";
  }

  private void assertIndexed(String plan, String index) {
    assertThat(plan).contains(index).matches(text -> !wasteful(text), "uses indexes alone");
  }

  @Test
  void list_everything_mergesRunsOfTheIndex() {
    assertIndexed(plan(JobQuery.page(Filter.ALL)), "job_list");
  }

  @Test
  void list_ownAndAnonymous_mergesRunsOfTheOwners() {
    var filter = new Filter(new Visibility(1L, true), null, null);

    assertIndexed(plan(JobQuery.page(filter)), "job_list_owner");
    assertIndexed(plan(JobQuery.total(filter)), "job_list_owner");
  }

  @Test
  void list_typeAndStatus_readsOnlyTheIndex() {
    var filter = new Filter(null, Set.of("noop"), Set.of(JobStatus.QUEUED, JobStatus.FAILED));

    assertIndexed(plan(JobQuery.page(filter)), "job_list");
    assertIndexed(plan(JobQuery.total(filter)), "job_list");
  }

  @Test
  void waiting_queue_readsTheHeadOfTheIndex() {
    var query = JobQuery.waiting(new Waiting("default", Set.of(), false, null));
    var sql =
        query
            .sql()
            .replace(":queue", "'default'")
            .replace(":external", "FALSE")
            .replace(":now", "1");

    assertIndexed(plan(new JobQuery(sql, query.parameters())), "job_waiting");
  }

  @Test
  void due_moment_readsTheHeadOfTheIndex() {
    assertIndexed(
        plan(
            JobSql.callbacksDue(new CallbackHosts(Set.of()))
                .replace(":now", "1")
                .replace(":limit", "20")),
        "job_callback");
    assertIndexed(plan(JobSql.DUE.replace(":now", "1").replace(":limit", "20")), "job_due");
  }

  @Test
  void readied_moments_readTheIndex() {
    var sql = JobSql.READIED.replace(":after", "1").replace(":now", "2");

    assertIndexed(plan(sql), "job_ready");
  }

  @Test
  void placeInAQueue_readsTheIndexes() {
    var job =
        ":queue|'default'|:external|FALSE|:now|1|:priority|0|:created_at|1|:id|'01900000-0000-7000-8000-000000000003'|:limit|20";
    var words = job.split("\\|", -1);
    var ahead = SqlQueues.AHEAD;
    var starts = SqlQueues.STARTS;
    for (var at = 0; at < words.length; at += 2) {
      ahead = ahead.replace(words[at], words[at + 1]);
      starts = starts.replace(words[at], words[at + 1]);
    }

    assertIndexed(plan(ahead), "job_waiting");
    assertIndexed(plan(starts), "job_started");
  }

  @Test
  void orphans_few_readOnlyUnendedChildren() {
    assertIndexed(plan(JobSql.ORPHANS.replace(":limit", "20")), "job_unended_children");
  }

  @Test
  void heldBy_worker_readsTheIndex() {
    assertIndexed(plan(JobSql.HELD_BY.replace(":worker", "'w'")), "job_held");
  }

  @Test
  void durations_type_readsOnlyTheIndex() {
    var sql = JobSql.DURATIONS.replace(":type", "'noop'").replace(":limit", "20");

    assertIndexed(plan(sql), "job_durations");
  }

  @Test
  void purge_moment_readsTheIndex() {
    var sql = JobSql.PURGE.replace(":before", "1").replace(":limit", "20");

    assertThat(plan(sql)).contains("job_ended");
  }
}
