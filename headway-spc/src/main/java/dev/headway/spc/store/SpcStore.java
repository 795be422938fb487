package dev.headway.spc.store;

import dev.headway.spc.store.ChartWrite.Numbers;
import dev.headway.store.Database;
import dev.headway.store.Schema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The tables of process control.
 *
 * @param database holds them
 * @param characteristics what is measured
 * @param samples what was measured
 * @param violations what the rules found
 * @param audit who changed what
 * @param imports files that are being imported
 * @param sources how the files of sources are written
 * @param signals where values of machines lead
 * @param alarms receivers of alarms, and what was told to them
 * @param refused messages that could not be read
 * @param annotations what people say about samples
 * @param numbers the numbers of samples
 */
public record SpcStore(
    Database database,
    CharacteristicStore characteristics,
    SampleStore samples,
    ViolationStore violations,
    AuditStore audit,
    ImportStore imports,
    SourceStore sources,
    SignalStore signals,
    AlarmStore alarms,
    RefusedStore refused,
    AnnotationStore annotations,
    SampleNumbers numbers) {
  /** Its tables. */
  public static final Schema SCHEMA = new Schema("spc", "dev/headway/spc/migration");

  /** Opens the tables in {@code database} and brings them up to date. */
  public static SpcStore open(Database database) {
    database.migrate(SCHEMA);
    return new SpcStore(
        database,
        new CharacteristicStore(database),
        new SampleStore(database),
        new ViolationStore(database),
        new AuditStore(database),
        new ImportStore(database),
        new SourceStore(database),
        new SignalStore(database),
        new AlarmStore(database),
        new RefusedStore(database),
        new AnnotationStore(database),
        new SampleNumbers(database));
  }

  /**
   * Writes a change in one transaction; it survives a power failure once this returns.
   *
   * @param now when it was made
   * @return the numbers that were given
   * @throws dev.headway.core.error.HeadwayException CONFLICT when a characteristic's name is taken
   * @throws StaleChartException when another node has changed one of the characteristics since
   */
  public Numbers write(ChartWrite change, Instant now) {
    return database.write(handle -> {
      try {
        CharacteristicStore.countOn(handle, change.revisions());
        var setup = change.setup();
        if (setup != null) {
          CharacteristicStore.replace(handle, setup);
        }
        var writer = new ChartWriter(handle.getConnection());
        writer.write(change.samples(), now);
        List<Long> violations = writer.write(change.violations(), now);
        var audit = change.audit().stream().map(entry -> AuditStore.append(handle, entry)).toList();
        if (change.step() != null) {
          ImportStore.advance(handle, change.step());
        }
        return new Numbers(violations, audit);
      } catch (SQLException failed) {
        throw new IllegalStateException("A change of a chart was not stored", failed);
      }
    });
  }
}
