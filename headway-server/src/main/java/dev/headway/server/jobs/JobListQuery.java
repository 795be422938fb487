package dev.headway.server.jobs;

import dev.headway.core.account.Visibility;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.server.http.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The filters of a list of jobs. */
final class JobListQuery {
  private JobListQuery() {}

  /**
   * The filter of a request.
   *
   * @throws HeadwayException VALIDATION_ERROR with each unknown state
   */
  static Filter filter(Request request, @Nullable Visibility visibility) {
    var defects = new ArrayList<Defect>();
    var statuses = request.query("status").map(text -> statuses(text, defects)).orElse(null);
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return new Filter(
        visibility,
        request.query("job_type").map(JobListQuery::split).orElse(null),
        statuses,
        request.query("queue").orElse(null),
        request.query("parent_id").map(UUID::fromString).orElse(null),
        request.query("tag").orElse(null));
  }

  private static Set<JobStatus> statuses(String text, List<Defect> defects) {
    var byName =
        Arrays.stream(JobStatus.values())
            .collect(Collectors.toMap(JobStatus::wireName, status -> status));
    var statuses = EnumSet.noneOf(JobStatus.class);
    for (var name : split(text)) {
      var status = byName.get(name.toLowerCase(Locale.ROOT));
      if (status == null) {
        var message = "status (%s) must be one of %s".formatted(name, names());
        defects.add(Defect.ofField("status", message));
      } else {
        statuses.add(status);
      }
    }
    return statuses;
  }

  private static List<String> names() {
    return Arrays.stream(JobStatus.values()).map(JobStatus::wireName).toList();
  }

  private static Set<String> split(String text) {
    return Arrays.stream(text.split(",", -1)).collect(Collectors.toSet());
  }
}
