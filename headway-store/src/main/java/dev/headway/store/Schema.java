package dev.headway.store;

/**
 * The tables of one module. Modules are released on their own, so each numbers its migrations from
 * {@code V1} and has a history table of its own, {@code schema_history_<name>}.
 *
 * @param name lower-case letters, digits and underscores, unique among modules
 * @param location where its migrations are on the class path, for example {@code
 *     dev/headway/spc/migration}
 */
public record Schema(String name, String location) {
  /** Jobs and accounts; migrate it first, other modules may refer to it. */
  public static final Schema CORE = new Schema("core", "dev/headway/store/migration");

  /** Rejects names that are not part of a table's name. */
  public Schema {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "The name of a schema (%s) must be of lower-case letters, digits and _".formatted(name));
    }
  }
}
