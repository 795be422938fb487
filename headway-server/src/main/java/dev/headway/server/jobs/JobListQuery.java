package dev.headway.server.jobs;

import dev.headway.core.account.Visibility;
import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.ListPlace;
import dev.headway.server.http.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query of a list of jobs: its filters, and the cursor from which it goes on. */
final class JobListQuery {
  private static final List<String> KNOWN =
      List.of("job_type", "status", "queue", "parent_id", "tag", "after", "page", "limit");
  private static final Pattern CURSOR =
      Pattern.compile("(\\d{1,11})\\.(\\d{1,9})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  private JobListQuery() {}

  /**
   * The filter of a request.
   *
   * @throws HeadwayException VALIDATION_ERROR with each unknown filter and each unknown state
   */
  static Filter filter(Request request, @Nullable Visibility visibility) {
    var defects = new ArrayList<Defect>();
    request.query().keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .map(name -> Defect.ofField(name, "%s is no filter; known: %s".formatted(name, KNOWN)))
        .forEach(defects::add);
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

  /** The cursor from which the list goes on after a job: opaque to clients. */
  static String cursor(Job job) {
    var place = ListPlace.of(job);
    var created = place.created();
    return created.getEpochSecond() + "." + created.getNano() + "_" + place.id();
  }

  /**
   * The place after which the list goes on; null for its beginning.
   *
   * @throws HeadwayException VALIDATION_ERROR when no list gave the cursor out
   */
  static @Nullable ListPlace after(Request request) {
    return request.query("after").map(JobListQuery::place).orElse(null);
  }

  private static ListPlace place(String cursor) {
    var parts = CURSOR.matcher(cursor);
    if (!parts.matches()) {
      throw HeadwayException.invalid(
          "after", "after must be the \"next\" of the page before, as it was given");
    }
    var created =
        Instant.ofEpochSecond(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    return new ListPlace(created, UUID.fromString(parts.group(3)));
  }
}
