package dev.headway.store.job;

import dev.headway.core.job.Job;
import dev.headway.core.port.NotificationStore;
import dev.headway.store.Columns;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Rules in a database with {@link Schema#CORE}. Safe for use by any thread. */
public final class SqlNotificationStore implements NotificationStore {
  private static final String ENDS =
      """
      INSERT INTO notification (id, rule, job, occasion, callback_due_at)
      SELECT CAST(rule.id AS TEXT) || '.' || CAST(job.id AS TEXT) || '.' || job.status,
        rule.id, job.id, job.status, :now
      FROM notification_rule AS rule JOIN job ON job.owner = rule.owner
      WHERE job.completed_at >= :since AND job.completed_at >= rule.created_at
        AND rule.occasions LIKE '%' || job.status || '%'
        AND (rule.job IS NULL OR rule.job = job.id)
        AND (rule.tag IS NULL
          OR EXISTS (SELECT 1 FROM job_tag WHERE job_tag.tag = rule.tag AND job_tag.job = job.id))
      ON CONFLICT (id) DO NOTHING
      """;
  private static final String STALL =
      """
      INSERT INTO notification (id, rule, job, occasion, callback_due_at)
      SELECT :id, rule.id, job.id, 'STALLED', :now FROM notification_rule AS rule, job
      WHERE rule.id = :rule AND job.id = :job
      ON CONFLICT (id) DO NOTHING
      """;
  private static final String CLAIM =
      """
      UPDATE notification SET callback_attempts = callback_attempts + 1, callback_due_at = :until
      WHERE id = :id AND callback_attempts = :attempts AND callback_due_at <= :now
      """;
  private static final String TRIED =
      "UPDATE notification SET callback_due_at = :next WHERE id = :id AND callback_attempts = :attempts";

  private final Database database;

  /** Rules in {@code database}. */
  public SqlNotificationStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Rule rule, int most) {
    return database.write(handle -> {
      var held =
          handle
              .createQuery("SELECT count(*) FROM notification_rule WHERE owner = :owner")
              .bind("owner", rule.owner())
              .mapTo(long.class)
              .one();
      return held < most && inserted(handle, rule);
    });
  }

  private static boolean inserted(Handle handle, Rule rule) {
    return handle
            .createUpdate(
                """
                INSERT INTO notification_rule (
                  id, owner, callback_url, occasions, job, tag, silence, created_at)
                VALUES (:id, :owner, :url, :occasions, :job, :tag, :silence, :created)
                """)
            .bind("id", rule.id())
            .bind("owner", rule.owner())
            .bind("url", rule.url())
            .bind(
                "occasions",
                Columns.lines(rule.occasions().stream().map(Enum::name).sorted().toList()))
            .bindByType("job", rule.job(), UUID.class)
            .bind("tag", rule.tag())
            .bindByType("silence", rule.silence(), Duration.class)
            .bind("created", rule.created())
            .execute()
        == 1;
  }

  @Override
  public List<Rule> rules(long owner) {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM notification_rule WHERE owner = :owner ORDER BY created_at, id")
            .bind("owner", owner)
            .map(SqlNotificationStore::rule)
            .list());
  }

  @Override
  public List<Rule> stallRules() {
    return database.read(handle ->
        handle
            .createQuery(
                "SELECT * FROM notification_rule WHERE occasions LIKE '%STALLED%' ORDER BY created_at, id")
            .map(SqlNotificationStore::rule)
            .list());
  }

  private static Rule rule(ResultSet row, StatementContext context) throws SQLException {
    return new Rule(
        Columns.present(Columns.uuid(row, "id")),
        row.getLong("owner"),
        row.getString("callback_url"),
        Columns.lines(row.getString("occasions")).stream()
            .map(Occasion::valueOf)
            .collect(Collectors.toSet()),
        Columns.uuid(row, "job"),
        row.getString("tag"),
        Columns.duration(row, "silence"),
        Columns.present(Columns.instant(row, "created_at")));
  }

  @Override
  public boolean remove(long owner, UUID id) {
    return database.write(handle ->
        handle
                .createUpdate("DELETE FROM notification_rule WHERE id = :id AND owner = :owner")
                .bind("id", id)
                .bind("owner", owner)
                .execute()
            == 1);
  }

  /* Most servers have no rules, and a transaction is not worth their absence. */
  @Override
  public void noteEnds(Instant since, Instant now) {
    if (hasRules()) {
      database.write(
          handle -> handle.createUpdate(ENDS).bind("since", since).bind("now", now).execute());
    }
  }

  private boolean hasRules() {
    return database.read(handle ->
        handle
            .createQuery("SELECT id FROM notification_rule LIMIT 1")
            .mapTo(UUID.class)
            .findFirst()
            .isPresent());
  }

  @Override
  public void noteStall(Rule rule, Job job, Instant now) {
    database.write(handle ->
        handle
            .createUpdate(STALL)
            .bind("id", "%s.%s.STALLED.%d".formatted(rule.id(), job.id(), job.attempt()))
            .bind("rule", rule.id())
            .bind("job", job.id())
            .bind("now", now)
            .execute());
  }

  @Override
  public List<Announcement> callbacksDue(Instant now, int limit, Set<String> exceptHosts) {
    var hosts = new CallbackHosts(exceptHosts);
    return database.read(handle ->
        hosts
            .bound(handle.createQuery(due(hosts)))
            .bind("now", now)
            .bind("limit", limit)
            .map(SqlNotificationStore::announcement)
            .list());
  }

  private static String due(CallbackHosts except) {
    return """
    SELECT told.id, told.job, told.occasion, rule.callback_url, told.callback_attempts
    FROM notification AS told JOIN notification_rule AS rule ON rule.id = told.rule
    WHERE told.callback_due_at <= :now%s ORDER BY told.callback_due_at LIMIT :limit
    """
        .formatted(except.condition());
  }

  private static Announcement announcement(ResultSet row, StatementContext context)
      throws SQLException {
    return new Announcement(
        row.getString("id"),
        Columns.present(Columns.uuid(row, "job")),
        Occasion.valueOf(row.getString("occasion")),
        row.getString("callback_url"),
        row.getInt("callback_attempts"));
  }

  @Override
  public boolean claimCallback(Announcement due, Instant now, Instant until) {
    return database.write(handle ->
        handle
            .createUpdate(CLAIM)
            .bind("id", due.id())
            .bind("attempts", due.attempts())
            .bind("now", now)
            .bind("until", until)
            .execute())
        == 1;
  }

  @Override
  public void callbackTried(Announcement claimed, @Nullable Instant next) {
    database.write(handle ->
        handle
            .createUpdate(TRIED)
            .bind("id", claimed.id())
            .bind("attempts", claimed.attempts() + 1)
            .bind("next", next)
            .execute());
  }
}
