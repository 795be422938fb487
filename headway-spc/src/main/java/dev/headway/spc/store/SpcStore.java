package dev.headway.spc.store;

import dev.headway.store.Database;
import dev.headway.store.Schema;

/**
 * All that process control keeps.
 *
 * @param characteristics what is measured
 * @param samples what was measured
 * @param violations what the rules found
 * @param audit who changed what
 * @param imports files that are being imported
 * @param numbers the numbers of samples
 */
public record SpcStore(
    CharacteristicStore characteristics,
    SampleStore samples,
    ViolationStore violations,
    AuditStore audit,
    ImportStore imports,
    SampleNumbers numbers) {
  /** Its tables. */
  public static final Schema SCHEMA = new Schema("spc", "dev/headway/spc/migration");

  /** Opens what is kept in {@code database} and brings its tables up to date. */
  public static SpcStore open(Database database) {
    database.migrate(SCHEMA);
    return new SpcStore(
        new CharacteristicStore(database),
        new SampleStore(database),
        new ViolationStore(database),
        new AuditStore(database),
        new ImportStore(database),
        new SampleNumbers(database));
  }
}
