package dev.headway.testkit.contract;

import static dev.headway.testkit.contract.SampleJobs.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.account.Visibility;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.ListPlace;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of jobs, with filters and pages. */
interface JobListContract extends JobStoreFixture {
  /** Larger than what a test makes. */
  PageRequest FIRST = new PageRequest(1, 100);

  private Page<Job> list(Filter filter) {
    return store().list(filter, FIRST);
  }

  private static Filter visible(Visibility visibility) {
    return new Filter(visibility, null, null);
  }

  @Test
  default void list_noJobs_isEmpty() {
    assertThat(list(Filter.ALL)).isEqualTo(new Page<>(List.of(), 0));
  }

  @Test
  default void list_all_newestFirst() {
    var first = jobs().completed(spec("noop", null));
    var second = jobs().waiting(spec("probe", 7L));
    var third = jobs().running(spec("noop", 8L), "worker");

    assertThat(list(Filter.ALL)).isEqualTo(new Page<>(List.of(third, second, first), 3));
  }

  @Test
  default void list_sameMoment_byId() {
    var now = jobs().clock().instant();
    var made =
        IntStream.range(0, 5)
            .mapToObj(_ -> jobs().unstored(spec("noop", null)))
            .map(job -> Job.create(job.id(), job.spec(), List.of(), now))
            .toList();
    made.forEach(job -> store().insert(job, List.of()));

    assertThat(list(Filter.ALL).items()).isEqualTo(made.reversed());
  }

  @Test
  default void list_pages_areDisjointAndComplete() {
    var made = new ArrayList<Job>();
    IntStream.range(0, 7).forEach(i -> made.add(jobs().waiting(spec("noop", i % 2 + 1L))));
    var newestFirst = made.reversed();

    assertThat(store().list(Filter.ALL, new PageRequest(1, 3)))
        .isEqualTo(
            new Page<>(newestFirst.subList(0, 3), 7, ListPlace.of(newestFirst.get(2)).toString()));
    assertThat(store().list(Filter.ALL, new PageRequest(3, 3)))
        .isEqualTo(new Page<>(newestFirst.subList(6, 7), 7));
    assertThat(store().list(Filter.ALL, new PageRequest(4, 3))).isEqualTo(new Page<>(List.of(), 7));
    assertThat(store().list(Filter.ALL, new PageRequest(Integer.MAX_VALUE, 1_000)))
        .isEqualTo(new Page<>(List.of(), 7));
  }

  @Test
  default void list_largePayloadsAndResults_areLeftOut() {
    var large = new Json("{\"a\":\"" + "x".repeat(Job.LISTED) + "\"}");
    var running = jobs().running(JobSpec.of("noop", large, null), "w");
    var cancelled =
        jobs().moved(jobs().waiting(spec("noop", null)), new Command.RequestCancel(false));
    var ended = jobs().moved(running, new Command.Complete(SampleJobs.token(running), large));

    assertThat(store().list(Filter.ALL, new PageRequest(1, 10)).items())
        .containsExactlyInAnyOrder(cancelled, ended.listed());
    assertThat(ended.listed().spec().payload()).isEqualTo(Json.EMPTY_OBJECT);
    assertThat(store().find(ended.id())).contains(ended);
  }

  @Test
  default void list_visibility_ownAndAnonymous() {
    var anonymous = jobs().waiting(spec("noop", null));
    var mine = jobs().waiting(spec("noop", 1L));
    var theirs = jobs().completed(spec("noop", 2L));

    assertThat(list(visible(new Visibility(1L, true))))
        .isEqualTo(new Page<>(List.of(mine, anonymous), 2));
    assertThat(list(visible(new Visibility(1L, false)))).isEqualTo(new Page<>(List.of(mine), 1));
    assertThat(list(visible(new Visibility(null, true))))
        .isEqualTo(new Page<>(List.of(anonymous), 1));
    assertThat(list(visible(new Visibility(null, false)))).isEqualTo(new Page<>(List.of(), 0));
    assertThat(list(visible(new Visibility(2L, false)))).isEqualTo(new Page<>(List.of(theirs), 1));
    assertThat(list(visible(new Visibility(3L, false)))).isEqualTo(new Page<>(List.of(), 0));
  }

  @Test
  default void list_types_onlyThose() {
    var noop = jobs().waiting(spec("noop", null));
    var probe = jobs().waiting(spec("probe", 1L));
    jobs().waiting(spec("other", null));

    assertThat(list(new Filter(null, Set.of("noop"), null)))
        .isEqualTo(new Page<>(List.of(noop), 1));
    assertThat(list(new Filter(null, Set.of("noop", "probe"), null)))
        .isEqualTo(new Page<>(List.of(probe, noop), 2));
    assertThat(list(new Filter(null, Set.of("NOOP", "no%"), null)).total()).isZero();
    assertThat(list(new Filter(null, Set.of(), null))).isEqualTo(new Page<>(List.of(), 0));
  }

  @Test
  default void list_statuses_onlyThose() {
    var completed = jobs().completed(spec("noop", null));
    var failed = jobs().failed(jobs().running(spec("noop", null), "worker"));
    var waiting = jobs().waiting(spec("noop", null));

    assertThat(list(new Filter(null, null, EnumSet.of(JobStatus.QUEUED))))
        .isEqualTo(new Page<>(List.of(waiting), 1));
    assertThat(list(new Filter(null, null, EnumSet.of(JobStatus.COMPLETED, JobStatus.FAILED))))
        .isEqualTo(new Page<>(List.of(failed, completed), 2));
    assertThat(list(new Filter(null, null, Set.of()))).isEqualTo(new Page<>(List.of(), 0));
  }

  @Test
  default void list_everyFilterAtOnce_theirIntersection() {
    var wanted = jobs().completed(spec("noop", 1L));
    jobs().completed(spec("noop", 2L));
    jobs().completed(spec("probe", 1L));
    jobs().waiting(spec("noop", 1L));
    var filter =
        new Filter(
            new Visibility(1L, true), Set.of("noop", "other"), EnumSet.of(JobStatus.COMPLETED));

    assertThat(list(filter)).isEqualTo(new Page<>(List.of(wanted), 1));
  }

  @Test
  default void list_total_followsDeletion() {
    var job = jobs().completed(spec("noop", 1L));
    jobs().completed(spec("noop", 1L));
    store().delete(job.id());

    assertThat(list(visible(new Visibility(1L, false))).total()).isEqualTo(1);
  }

  @Test
  default void list_queueAndParent_areThoseJobsAlone() {
    var parent = jobs().waiting(spec("noop", null));
    var family = new JobSpec.Family(parent.id(), 1);
    var child = jobs().waiting(SampleJobs.child(spec("noop", null), family));
    var queued = jobs().waiting(SampleJobs.queued(spec("noop", null), "gpu", 0, true));

    assertThat(list(new Filter(null, null, null, "gpu", null, null)))
        .isEqualTo(new Page<>(List.of(queued), 1));
    assertThat(list(new Filter(null, null, null, null, parent.id(), null)))
        .isEqualTo(new Page<>(List.of(child), 1));
  }

  @Test
  default void list_tag_areThoseJobsAlone() {
    var both = jobs().waiting(tagged("nightly", "customer 7"));
    var one = jobs().completed(tagged("nightly"));
    jobs().waiting(tagged("night"));
    jobs().waiting(spec("noop", null));

    assertThat(list(tagFilter("nightly"))).isEqualTo(new Page<>(List.of(one, both), 2));
    assertThat(list(tagFilter("customer 7"))).isEqualTo(new Page<>(List.of(both), 1));
    assertThat(list(tagFilter("NIGHTLY")).total()).isZero();
    assertThat(after(tagFilter("nightly"), one, 5)).containsExactly(both);
    store().delete(one.id());
    assertThat(list(tagFilter("nightly")).items()).containsExactly(both);
  }

  private static JobSpec tagged(String... tags) {
    return spec("noop", null).with(draft -> draft.tags(List.of(tags)));
  }

  private static Filter tagFilter(String tag) {
    return new Filter(null, null, null, null, null, tag);
  }

  @Test
  default void list_filterThatLooksLikeSql_isAText() {
    var job = jobs().waiting(spec("noop", null));
    var text = "x' OR '1'='1'; DROP TABLE job; --";

    assertThat(list(new Filter(null, Set.of(text), null)).items()).isEmpty();
    assertThat(list(new Filter(null, null, null, text, null, null)).items()).isEmpty();
    assertThat(list(tagFilter(text)).items()).isEmpty();
    assertThat(list(Filter.ALL).items()).containsExactly(job);
  }

  private List<Job> after(Filter filter, Job last, int size) {
    return store().list(filter, new PageRequest(1, size, ListPlace.of(last).toString())).items();
  }

  @Test
  default void listAfter_whileJobsCome_neitherRepeatsNorPassesOver() {
    var first = jobs().waiting(spec("noop", null));
    var second = jobs().waiting(spec("noop", null));
    var third = jobs().waiting(spec("noop", null));
    var page = store().list(Filter.ALL, new PageRequest(1, 1));
    assertThat(page.items()).containsExactly(third);
    assertThat(page.next()).isEqualTo(ListPlace.of(third).toString());

    jobs().waiting(spec("noop", null));

    assertThat(after(Filter.ALL, third, 1)).containsExactly(second);
    assertThat(after(Filter.ALL, second, 10)).containsExactly(first);
    assertThat(after(Filter.ALL, first, 10)).isEmpty();
  }

  @Test
  default void listAfter_placeThatNoListGaveOut_isRefused() {
    assertThatThrownBy(() -> store().list(Filter.ALL, new PageRequest(1, 1, "nowhere")))
        .isInstanceOf(HeadwayException.class)
        .hasMessageContaining("after must be");
  }
}
