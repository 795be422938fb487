package dev.headway.filling.input;

import java.util.List;
import java.util.Locale;

/** The columns of a lots file that are read, by any of their accepted names. */
enum LotColumn {
  ID("Lot ID", "lot_id", "lotid", "lot", "id"),
  TYPE("Type", "lot_type", "type", "lottype", "product"),
  VIALS("Vials", "vials", "vials", "quantity"),
  FILL_HOURS("Fill Hours", "fill_hours", "fillhours");

  private final String header;
  private final String member;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> names;

  LotColumn(String header, String member, String... names) {
    this.header = header;
    this.member = member;
    this.names = List.of(names);
  }

  /** The name in a CSV file's header. */
  String header() {
    return header;
  }

  /** The name in a JSON object. */
  String member() {
    return member;
  }

  /** Whether a header cell or JSON member means this column; case, blanks and - _ do not matter. */
  boolean named(String text) {
    return names.contains(text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", ""));
  }
}
