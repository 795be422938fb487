package dev.headway.filling.input;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** The columns of a lots file, with their own names and the other names that are understood. */
public enum LotColumn {
  ID("Lot ID", "lot_id", List.of("lotid"), List.of("lot", "id")),
  TYPE("Type", "lot_type", List.of("type", "lottype"), List.of("product")),
  VIALS("Vials", "vials", List.of("vials"), List.of("quantity")),
  FILL_HOURS("Fill Hours", "fill_hours", List.of("fillhours"), List.of()),
  RELEASE("Release", "release", List.of("release"), List.of("releasedate")),
  DUE("Due", "due", List.of("due"), List.of("duedate")),
  PRIORITY("Priority", "priority", List.of("priority"), List.of()),
  LINES("Lines", "lines", List.of("lines"), List.of("allowedlines")),
  LOCKED_START("Locked Start", "locked_start", List.of("lockedstart"), List.of()),
  AFTER("After", "after", List.of("after"), List.of()),
  LOCKED_CLEAN("Locked Clean", "locked_clean", List.of("lockedclean"), List.of()),
  WAS_LINE("Was Line", "was_line", List.of("wasline"), List.of()),
  WAS_AFTER("Was After", "was_after", List.of("wasafter"), List.of()),
  MOVE_HOURS("Move Hours", "move_hours", List.of("movehours"), List.of());

  private final String header;
  private final String member;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> names;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> aliases;

  LotColumn(String header, String member, List<String> names, List<String> aliases) {
    this.header = header;
    this.member = member;
    this.names = names;
    this.aliases = aliases;
  }

  /** The name in a CSV file's header. */
  String header() {
    return header;
  }

  /** The name in a JSON object. */
  String member() {
    return member;
  }

  /** Whether a header cell or JSON member is the column's own name; see {@link #folded}. */
  boolean named(String text) {
    return names.contains(folded(text));
  }

  /** Whether it is another name of the column, which counts only where its own is missing. */
  boolean alias(String text) {
    return aliases.contains(folded(text));
  }

  /**
   * Case, width of letters, blanks, dashes and underscores do not matter, nor do colons, points,
   * stars and hashes, nor invisible characters. A unit does: vials may be counted in thousands.
   */
  private static String folded(String text) {
    return Normalizer.normalize(Invisible.removed(text), Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s_\\p{Pd}:.*#]", "");
  }
}
