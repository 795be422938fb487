package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a lots file as it was read, for people who mend it: the rows with errors, or the first
 * ones of a sound file.
 *
 * @param header the header's cells
 * @param rowsCount the number of rows below the header that are not blank
 */
public record FilePreview(List<String> header, List<SheetRow> rows, int rowsCount) {
  private static final int MOST_WRONG = 100;
  private static final int FIRST = 8;
  private static final int LONGEST_CELL = 200;

  /**
   * A row of the file.
   *
   * @param row as a spreadsheet counts it; the header is row 1
   */
  public record SheetRow(int row, List<String> cells) {
    /** Takes a copy. */
    public SheetRow {
      cells = List.copyOf(cells);
    }

    private SheetRow shown() {
      return new SheetRow(row, cells.stream().map(FilePreview::shown).toList());
    }
  }

  /** Takes a copy. */
  public FilePreview {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * The preview of a decoded CSV file.
   *
   * @param errors of the file's rows
   */
  public static FilePreview of(String content, List<Defect> errors) {
    var sheet = LotsCsv.parse(content).sheet();
    if (sheet.isEmpty()) {
      return new FilePreview(List.of(), List.of(), 0);
    }
    var header = sheet.getFirst().shown();
    var wrong = errors.stream().flatMap(FilePreview::rowOf).collect(Collectors.toSet());
    wrong.remove(header.row());
    var below = sheet.subList(1, sheet.size());
    return new FilePreview(header.cells(), chosen(below, wrong), below.size());
  }

  private static Stream<Integer> rowOf(Defect error) {
    return Stream.ofNullable(error.row());
  }

  private static List<SheetRow> chosen(List<SheetRow> rows, Set<Integer> wrong) {
    var shown =
        wrong.isEmpty()
            ? rows.stream().limit(FIRST)
            : rows.stream().filter(row -> wrong.contains(row.row())).limit(MOST_WRONG);
    return shown.map(SheetRow::shown).toList();
  }

  private static String shown(String cell) {
    var text = Invisible.removed(cell).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= LONGEST_CELL ? text : text.substring(0, LONGEST_CELL) + "…";
  }
}
