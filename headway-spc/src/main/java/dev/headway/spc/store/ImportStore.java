package dev.headway.spc.store;

import dev.headway.core.error.Defect;
import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.input.FileMapping;
import dev.headway.store.Database;
import java.io.IOException;
import java.io.Reader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Files that are being imported: kept in parts until their job has ended, so that it can be taken
 * up again where it stopped, and read in constant memory. Safe for use by any thread.
 */
public final class ImportStore {
  /** Characters of a part. */
  static final int PART = 1 << 17;

  private final Database database;

  /** Files in {@code database}. */
  public ImportStore(Database database) {
    this.database = database;
  }

  /** How a file is written. */
  public enum Format {
    /** Lines of separated values under a header. */
    CSV,
    /** A JSON array of samples. */
    JSON
  }

  /**
   * How far an import has come.
   *
   * @param job the job that does it
   * @param line everything up to this line has been dealt with
   * @param imported samples stored so far
   * @param rejected lines that are no samples, so far
   * @param repeated samples that were stored before, so far
   * @param problems the first of what is wrong with them
   */
  public record Step(
      UUID job, long line, long imported, long rejected, long repeated, List<Defect> problems) {
    /** The step of a job before its first line. */
    public static Step first(UUID job) {
      return new Step(job, 0, 0, 0, 0, List.of());
    }

    /** Takes a copy. */
    public Step {
      problems = List.copyOf(problems);
    }
  }

  /**
   * A file and how far its import has come.
   *
   * @param format how it is written
   * @param characteristicId of lines that name none, or null
   * @param mapping how its lines are written
   * @param step how far
   */
  public record Import(
      Format format, @Nullable Long characteristicId, FileMapping mapping, Step step) {}

  /**
   * Keeps a file for a job. It is written in portions, so that nobody else waits for all of it;
   * when it cannot be read to its end, what has been written is to be removed.
   *
   * @return how many lines it has
   */
  public long add(Import file, Reader text) throws IOException {
    var job = file.step().job();
    database.write(handle -> add(handle, file));
    var lines = new LineCount();
    var number = 0;
    for (var part = part(text); !part.isEmpty(); part = part(text)) {
      lines.add(part);
      add(job, number, part);
      number++;
    }
    return lines.count();
  }

  private static int add(Handle handle, Import file) {
    return handle
        .createUpdate(
            """
            INSERT INTO spc_import (
              job, format, characteristic, mapping, line, imported, rejected, problems)
            VALUES (:job, :format, :characteristic, :mapping, 0, 0, 0, '[]')
            """)
        .bind("job", file.step().job())
        .bind("format", file.format().name())
        .bind("characteristic", file.characteristicId())
        .bind("mapping", JsonCodec.json(file.mapping()).text())
        .execute();
  }

  /* The job is submitted after these, and what makes it durable makes them durable. */
  private void add(UUID job, int number, String part) {
    database.writeRelaxed(handle ->
        handle
            .createUpdate(
                "INSERT INTO spc_import_part (job, number, text) VALUES (:job, :number, :text)")
            .bind("job", job)
            .bind("number", number)
            .bind("text", part)
            .execute());
  }

  /** The next part, empty at the end; never the half of a character. */
  private static String part(Reader text) throws IOException {
    var characters = new char[PART + 1];
    var filled = 0;
    var wanted = PART;
    while (filled < wanted) {
      var read = text.read(characters, filled, wanted - filled);
      if (read < 0) {
        break;
      }
      filled += read;
      wanted =
          filled == PART && Character.isHighSurrogate(characters[filled - 1]) ? PART + 1 : wanted;
    }
    return new String(characters, 0, filled);
  }

  /** Counts lines as they go by; the last need not be ended. */
  private static final class LineCount {
    private long ended;
    private boolean open;

    void add(String part) {
      ended += part.chars().filter(character -> character == '\n').count();
      open = !part.endsWith("\n");
    }

    long count() {
      return open ? ended + 1 : ended;
    }
  }

  /** The file of a job. */
  public Optional<Import> find(UUID job) {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM spc_import WHERE job = :job")
            .bind("job", job)
            .map(ImportStore::stored)
            .findOne());
  }

  /** The text of a job's file, one part in memory at a time. */
  public Reader read(UUID job) {
    return new PartsReader(number -> part(job, number));
  }

  private @Nullable String part(UUID job, int number) {
    return database
        .read(handle ->
            handle
                .createQuery(
                    "SELECT text FROM spc_import_part WHERE job = :job AND number = :number")
                .bind("job", job)
                .bind("number", number)
                .mapTo(String.class)
                .findOne())
        .orElse(null);
  }

  /** Notes how far an import has come without having stored a sample. */
  public void advance(Step step) {
    database.write(handle -> {
      advance(handle, step);
      return true;
    });
  }

  static void advance(Handle handle, Step step) {
    handle
        .createUpdate(
            """
            UPDATE spc_import SET line = :line, imported = :imported, rejected = :rejected,
              repeated = :repeated, problems = :problems
            WHERE job = :job
            """)
        .bind("line", step.line())
        .bind("imported", step.imported())
        .bind("rejected", step.rejected())
        .bind("repeated", step.repeated())
        .bind("problems", JsonCodec.json(step.problems()).text())
        .bind("job", step.job())
        .execute();
  }

  /** The jobs that files are kept for. */
  public List<UUID> jobs() {
    return database.read(
        handle -> handle.createQuery("SELECT job FROM spc_import").mapTo(UUID.class).list());
  }

  /** Forgets the file of a job. */
  public void remove(UUID job) {
    database.write(handle ->
        handle.createUpdate("DELETE FROM spc_import WHERE job = :job").bind("job", job).execute());
  }

  private static Import stored(ResultSet row, StatementContext context) throws SQLException {
    var problems = JsonCodec.read(new Json(row.getString("problems")), Defect[].class);
    var step =
        new Step(
            UUID.fromString(row.getString("job")),
            row.getLong("line"),
            row.getLong("imported"),
            row.getLong("rejected"),
            row.getLong("repeated"),
            List.of(problems));
    var mapping = row.getString("mapping");
    return new Import(
        Format.valueOf(row.getString("format")),
        Rows.integer(row, "characteristic"),
        mapping == null
            ? FileMapping.STANDARD
            : JsonCodec.read(new Json(mapping), FileMapping.class),
        step);
  }
}
