package dev.headway.client.job;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A filter for lists of jobs.
 *
 * @param types only these; all when empty
 * @param statuses only these; all when empty
 * @param page from 1
 * @param limit jobs a page, 1 to 100
 */
public record JobFilter(List<String> types, List<JobStatus> statuses, int page, int limit) {
  /** The newest twenty of all jobs. */
  public static final JobFilter ALL = new JobFilter(List.of(), List.of(), 1, 20);

  /** Takes copies. */
  public JobFilter {
    types = List.copyOf(types);
    statuses = List.copyOf(statuses);
  }

  /** Only jobs of these types. */
  public JobFilter types(String... only) {
    return new JobFilter(Arrays.asList(only), statuses, page, limit);
  }

  /** Only jobs in these states. */
  public JobFilter statuses(JobStatus... only) {
    return new JobFilter(types, Arrays.asList(only), page, limit);
  }

  /** The filter for another page. */
  public JobFilter page(int number) {
    return new JobFilter(types, statuses, number, limit);
  }

  /** The filter with another number of jobs a page. */
  public JobFilter limit(int jobs) {
    return new JobFilter(types, statuses, page, jobs);
  }

  /** The filter as the query of a URL, without the question mark. */
  public String query() {
    var query = new StringBuilder("page=%d&limit=%d".formatted(page, limit));
    if (!types.isEmpty()) {
      query.append("&job_type=").append(String.join(",", types));
    }
    if (!statuses.isEmpty()) {
      query
          .append("&status=")
          .append(statuses.stream().map(JobStatus::word).collect(Collectors.joining(",")));
    }
    return query.toString();
  }
}
