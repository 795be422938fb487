package dev.headway.store.job;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.ListPlace;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.store.OwnerColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose text depends on a filter, with what its parameters stand for.
 *
 * @param sql the text
 * @param parameters by name
 */
record JobQuery(String sql, Map<String, Object> parameters) {
  /** The query, ready for its parameters that the filter does not know. */
  Query on(Handle handle) {
    return handle.createQuery(sql).bindMap(parameters);
  }

  /**
   * The page of a list. An index keeps the jobs of each owner and status in order, so the ids come
   * from a merge of such runs and only the page's own rows are read.
   */
  static JobQuery page(Filter filter) {
    return list(new Text(), filter, "");
  }

  /** The page after a place in a list. */
  static JobQuery after(Filter filter, ListPlace place) {
    var text = new Text();
    return list(text, filter, text.after(place));
  }

  private static JobQuery list(Text text, Filter filter, String place) {
    var others = others(text, filter) + place;
    var runs = new ArrayList<String>();
    for (var owner : ownerConditions(text, filter.visibleTo())) {
      for (var status : statuses(filter)) {
        runs.add(
            """
            SELECT * FROM (
              SELECT created_at, id FROM job WHERE status = '%s'%s%s
              ORDER BY created_at DESC, id DESC) AS run
            """
                .formatted(status, owner, others));
      }
    }
    return text.query(
        """
        SELECT %s
        FROM (
          SELECT created_at, id FROM (%s) AS runs
          ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset) AS page
        JOIN job ON job.id = page.id JOIN job_payload ON job_payload.job = page.id
        ORDER BY page.created_at DESC, page.id DESC
        """
            .formatted(JobSql.LISTED, String.join(" UNION ALL ", runs)));
  }

  private static String others(Text text, Filter filter) {
    return text.in("type", filter.types())
        + text.in("queue", filter.queue() == null ? null : List.of(filter.queue()))
        + text.in("parent", filter.parent() == null ? null : List.of(filter.parent()))
        + text.tagged(filter.tag());
  }

  /** How many jobs a list has, counted in an index. */
  static JobQuery total(Filter filter) {
    var text = new Text();
    var visibility = filter.visibleTo();
    var conditions =
        text.in("owner", visibility == null ? null : OwnerColumn.values(visibility))
            + text.in("status", filter.statuses() == null ? null : statuses(filter))
            + others(text, filter);
    return text.query("SELECT count(*) FROM job" + conditions.replaceFirst("^ AND", " WHERE"));
  }

  /** Whether the filter lets nothing through, whatever there is. */
  static boolean empty(Filter filter) {
    return none(filter.types())
        || none(filter.statuses())
        || (filter.visibleTo() != null && OwnerColumn.values(filter.visibleTo()).isEmpty());
  }

  /** The jobs that a worker may take, in their order. */
  static JobQuery waiting(Waiting waiting) {
    var text = new Text();
    var types = waiting.types().isEmpty() ? "" : text.in("type", waiting.types());
    var owners = waiting.owners();
    var owner = owners == null ? "" : text.in("owner", OwnerColumn.values(owners));
    return text.query(
        "SELECT id FROM job WHERE status = 'QUEUED' AND queue = :queue AND external = :external"
            + owner
            + types
            + " AND (ready_at IS NULL OR ready_at <= :now)"
            + SqlQueues.NOT_HELD_BACK
            + " ORDER BY priority DESC, created_at, id LIMIT :limit");
  }

  private static boolean none(@Nullable Collection<?> wanted) {
    return wanted != null && wanted.isEmpty();
  }

  /* One run for each owner whose jobs are wanted; one for everybody's. */
  private static List<String> ownerConditions(Text text, @Nullable Visibility visibility) {
    return visibility == null
        ? List.of("")
        : OwnerColumn.values(visibility).stream()
            .map(owner -> text.in("owner", List.of(owner)))
            .toList();
  }

  private static List<String> statuses(Filter filter) {
    Collection<JobStatus> wanted =
        filter.statuses() == null ? List.of(JobStatus.values()) : filter.statuses();
    return wanted.stream().map(JobStatus::name).sorted().toList();
  }

  /* Collects parameters while a statement is being written. */
  private static final class Text {
    private final Map<String, Object> parameters = new HashMap<>();

    JobQuery query(String sql) {
      return new JobQuery(sql, Map.copyOf(parameters));
    }

    /* One more condition; an empty text when everything is wanted. */
    String in(String column, @Nullable Collection<?> wanted) {
      return wanted == null
          ? ""
          : wanted.stream()
              .map(this::parameter)
              .collect(Collectors.joining(", ", " AND " + column + " IN (", ")"));
    }

    /* Those with a tag; an empty text when none is wanted. */
    String tagged(@Nullable String tag) {
      return tag == null
          ? ""
          : " AND id IN (SELECT job_tag.job FROM job_tag WHERE tag = %s)".formatted(parameter(tag));
    }

    /* Those after a place, newest first. */
    String after(ListPlace place) {
      return " AND (created_at, id) < (%s, %s)"
          .formatted(parameter(place.created()), parameter(place.id()));
    }

    private String parameter(Object value) {
      var name = "p" + parameters.size();
      parameters.put(name, value);
      return ":" + name;
    }
  }
}
