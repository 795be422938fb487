package dev.headway.spc.store;

import dev.headway.spc.model.Annotation;
import dev.headway.spc.store.SampleStore.Range;
import dev.headway.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Annotations of samples. Safe for use by any thread. */
public final class AnnotationStore {
  private final Database database;

  /** Annotations in {@code database}. */
  public AnnotationStore(Database database) {
    this.database = database;
  }

  /**
   * Stores an annotation with its entry of the audit trail.
   *
   * @return the annotation under its number
   */
  public Annotation add(Annotation annotation, AuditEntry audit) {
    return database.write(handle -> {
      var stored =
          handle
              .createQuery(
                  """
                  INSERT INTO spc_annotation (characteristic, sample, text, author, at)
                  VALUES (:characteristic, :sample, :text, :author, :at) RETURNING *
                  """)
              .bind("characteristic", annotation.characteristicId())
              .bind("sample", annotation.sampleId())
              .bind("text", annotation.text())
              .bind("author", annotation.author())
              .bind("at", annotation.at())
              .map(AnnotationStore::annotation)
              .one();
      CharacteristicStore.countOn(handle, annotation.characteristicId());
      AuditStore.append(handle, audit);
      return stored;
    });
  }

  /**
   * Removes an annotation.
   *
   * @return false when there is none of that number
   */
  public boolean remove(Annotation annotation, AuditEntry audit) {
    return database.write(handle -> {
      var removed =
          handle
              .createUpdate("DELETE FROM spc_annotation WHERE id = :id")
              .bind("id", annotation.id())
              .execute();
      if (removed > 0) {
        CharacteristicStore.countOn(handle, annotation.characteristicId());
        AuditStore.append(handle, audit);
      }
      return removed > 0;
    });
  }

  /** The annotation of a number. */
  public Optional<Annotation> find(long id) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_annotation WHERE id = :id")
            .bind("id", id)
            .map(AnnotationStore::annotation)
            .findOne());
  }

  /** The annotations of samples, ascending. */
  public List<Annotation> of(Collection<Long> samples) {
    if (samples.isEmpty()) {
      return List.of();
    }
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_annotation WHERE sample IN (<samples>) ORDER BY id")
            .bindList("samples", List.copyOf(samples))
            .map(AnnotationStore::annotation)
            .list());
  }

  /** The annotations of the samples of a range, the newest of them, ascending. */
  public List<Annotation> in(Range range, int limit) {
    var values = new HashMap<String, Object>();
    values.put("characteristic", range.characteristicId());
    values.putAll(Rows.optional("from", range.from()));
    values.putAll(Rows.optional("to", range.to()));
    return database
        .read(handle ->
            handle
                .createQuery(
                    """
                    SELECT a.* FROM spc_annotation a JOIN spc_sample s ON s.id = a.sample
                    WHERE a.characteristic = :characteristic %s %s
                    ORDER BY a.id DESC LIMIT :limit
                    """
                        .formatted(
                            range.from() == null ? "" : "AND s.taken_at >= :from",
                            range.to() == null ? "" : "AND s.taken_at <= :to"))
                .bindMap(values)
                .bind("limit", limit)
                .map(AnnotationStore::annotation)
                .list())
        .reversed();
  }

  private static Annotation annotation(ResultSet row, StatementContext context)
      throws SQLException {
    return new Annotation(
        row.getLong("id"),
        row.getLong("characteristic"),
        row.getLong("sample"),
        row.getString("text"),
        row.getString("author"),
        Rows.moment(row, "at"));
  }
}
