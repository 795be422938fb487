package dev.headway.spc.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a source of files: how they are written, and which of their columns holds what.
 *
 * @param charset the name of the charset; UTF-8 unless said, and what a byte order mark says in any
 *     case
 * @param decimalMark {@code .} or {@code ,}; where it is not said, the one that a number can only
 *     have, otherwise a comma in files separated by semicolons and a point in others
 * @param timeFormat a pattern such as {@code dd.MM.yyyy HH:mm}; ISO 8601 unless said
 * @param zone the zone of times without an offset, such as {@code Europe/Berlin}
 * @param columns what the columns hold, by their names in the file or their places, {@code #1} for
 *     the first; those with Headway's own names need none
 * @param ignoreOthers whether columns that hold nothing of this are left out
 * @param uniqueTimes whether a row at a time of which the characteristic has had one is the same
 *     sample, so that an export that grows can be imported again
 * @param headerLine the line of the header, for files that say something else before it; 0 when
 *     there is none, so that columns have places only
 * @param stacked whether successive rows make up a sample, as many as the subgroup size
 */
public record FileMapping(
    @Nullable String charset,
    @Nullable String decimalMark,
    @Nullable String timeFormat,
    @Nullable String zone,
    @Nullable Map<String, String> columns,
    @Nullable Boolean ignoreOthers,
    @Nullable Boolean uniqueTimes,
    @Nullable Integer headerLine,
    @Nullable Boolean stacked) {
  /** Files as Headway describes them. */
  public static final FileMapping STANDARD =
      new FileMapping(null, null, null, null, null, null, null, null, null);

  private static final int LAST_HEADER = 1_000;
  private static final Pattern UNIT = Pattern.compile("\\s*(?:\\[[^]]*]|\\([^)]*\\)|/\\s*\\S+)$");
  private static final Pattern OUTER_SPACES =
      Pattern.compile("^[\\s\\u00a0\\ufeff]+|[\\s\\u00a0]+$");

  private static final Set<String> CHARSETS =
      Set.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252", "ISO-8859-1");

  /** The same mapping with another charset, if one is said. */
  public FileMapping withCharset(@Nullable String name) {
    return name == null ? this : written(name, decimalMark);
  }

  /** The same mapping for a workbook, whose numbers have a decimal point. */
  public FileMapping ofWorkbook() {
    return written(null, null);
  }

  private FileMapping written(@Nullable String characters, @Nullable String mark) {
    return new FileMapping(
        characters,
        mark,
        timeFormat,
        zone,
        columns,
        ignoreOthers,
        uniqueTimes,
        headerLine,
        stacked);
  }

  /** Whether a row at a time of which there was one is the same sample. */
  boolean hasUniqueTimes() {
    return Boolean.TRUE.equals(uniqueTimes);
  }

  /**
   * Checks the mapping.
   *
   * @throws HeadwayException VALIDATION_ERROR with everything that is wrong with it
   */
  public FileMapping checked() {
    var defects = new ArrayList<Defect>();
    if (!isKnown(charset)) {
      defects.add(Defect.ofField("charset", "'%s' is none of %s".formatted(charset, sorted())));
    }
    if (decimalMark != null && !decimalMark.equals(".") && !decimalMark.equals(",")) {
      defects.add(Defect.ofField("decimal_mark", "must be a point or a comma"));
    }
    try {
      var _ = TimeStyle.of(timeFormat, zone);
    } catch (DateTimeException unknown) {
      defects.add(
          Defect.ofField(
              timeFormat == null ? "zone" : "time_format", String.valueOf(unknown.getMessage())));
    }
    if (headerLine != null && (headerLine < 0 || headerLine > LAST_HEADER)) {
      defects.add(
          Defect.ofField(
              "header_line", "%d is none of 0 to %d".formatted(headerLine, LAST_HEADER)));
    }
    for (var held : columns().values()) {
      if (!SampleColumns.isKnown(held)) {
        defects.add(Defect.ofField("columns", SampleColumns.unknown(held)));
      }
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    return this;
  }

  private static boolean isKnown(@Nullable String name) {
    if (name == null) {
      return true;
    }
    try {
      return CHARSETS.contains(Charset.forName(name).name());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return false;
    }
  }

  private static List<String> sorted() {
    return CHARSETS.stream().sorted().toList();
  }

  /** The content of the columns, by their names in the file. */
  @Override
  public Map<String, String> columns() {
    return columns == null ? Map.of() : columns;
  }

  /** Whether columns that hold nothing of a sample are left out. */
  boolean ignoresOthers() {
    return Boolean.TRUE.equals(ignoreOthers);
  }

  /** The charset of files without a byte order mark. */
  public Charset characters() {
    return charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
  }

  /** The way numbers are written in files with a separator. */
  NumberStyle numbers(char separator) {
    if (decimalMark != null) {
      return decimalMark.equals(",") ? NumberStyle.COMMA : NumberStyle.POINT;
    }
    return separator == ';' ? NumberStyle.MOSTLY_COMMA : NumberStyle.MOSTLY_POINT;
  }

  /** The way times are written. */
  TimeStyle times() {
    return TimeStyle.of(timeFormat, zone);
  }

  /** The line of the header; 0 when there is none. */
  int header() {
    return headerLine == null ? 1 : headerLine;
  }

  /** Whether successive rows make up a sample. */
  boolean isStacked() {
    return Boolean.TRUE.equals(stacked);
  }

  /**
   * The content of a column of the file, by Headway's own name; a unit after the name is passed
   * over.
   *
   * @param place of the column, from 0
   */
  String held(String column, int place) {
    var byPlace = columns().get("#" + (place + 1));
    if (byPlace != null) {
      return byPlace;
    }
    var name = bare(column);
    for (var entry : columns().entrySet()) {
      if (bare(entry.getKey()).equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    var own = name.toLowerCase(Locale.ROOT);
    var withoutUnit = UNIT.matcher(own).replaceFirst("");
    return SampleColumns.isKnown(withoutUnit) ? withoutUnit : own;
  }

  /* A no-break space is no white space to Java, yet no part of a name to those who see it. */
  private static String bare(String name) {
    return OUTER_SPACES.matcher(name).replaceAll("");
  }
}
