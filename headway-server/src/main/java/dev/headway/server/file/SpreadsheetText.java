package dev.headway.server.file;

/** Texts for cells of a spreadsheet. */
public final class SpreadsheetText {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private SpreadsheetText() {}

  /**
   * A text that no spreadsheet runs as a formula: where its first character could start one, an
   * apostrophe is put before it (OWASP, "CSV Injection").
   */
  public static String neutral(String text) {
    var risky = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    return risky ? "'" + text : text;
  }
}
