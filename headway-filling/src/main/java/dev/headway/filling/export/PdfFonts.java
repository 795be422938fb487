package dev.headway.filling.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/**
 * The fonts of a document: its own, Liberation Sans, which PDFBox brings along, and further ones
 * for letters that it lacks. Those in use are embedded.
 *
 * <p>Used by one thread.
 */
final class PdfFonts {
  /** What is said where letters are missing. */
  static final String ABOUT_LACKING =
      "Letters that no font of the server has are shown as '?'. Install Debian's fonts-droid-fallback"
          + " there for Chinese and Japanese, fonts-nanum for Korean, fonts-noto-core for Thai.";

  private static final String OWN = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final PDDocument document;
  private final PDFont own;
  private final Supplier<List<Path>> files;
  private final Map<Integer, Optional<PDFont>> fontOf = new HashMap<>();
  private @Nullable List<PDFont> further;
  private boolean lacking;

  /**
   * The fonts of a document.
   *
   * @param files finds the further ones, the best first; asked once, when a letter is missing
   */
  PdfFonts(PDDocument document, Supplier<List<Path>> files) throws IOException {
    this.document = document;
    this.files = files;
    own = PDType0Font.load(document, ownFile(), true);
  }

  /** A piece of a text that one font has all letters of. */
  record Piece(PDFont font, String text) {}

  private static InputStream ownFile() {
    return Objects.requireNonNull(PDDocument.class.getResourceAsStream(OWN), OWN);
  }

  /** Whether a text had a letter that no font has. */
  boolean lacking() {
    return lacking;
  }

  /** The pieces of a text, with a question mark for each letter that no font has. */
  List<Piece> pieces(String text) {
    var pieces = new ArrayList<Piece>();
    var letters = new StringBuilder();
    var font = own;
    for (var codePoint : text.codePoints().toArray()) {
      var found = fontOf.computeIfAbsent(codePoint, this::find);
      lacking |= found.isEmpty();
      var next = found.orElse(own);
      if (!next.equals(font) && !letters.isEmpty()) {
        pieces.add(new Piece(font, letters.toString()));
        letters.setLength(0);
      }
      font = next;
      letters.appendCodePoint(found.isEmpty() ? '?' : codePoint);
    }
    if (!letters.isEmpty()) {
      pieces.add(new Piece(font, letters.toString()));
    }
    return pieces;
  }

  private Optional<PDFont> find(int codePoint) {
    if (has(own, codePoint)) {
      return Optional.of(own);
    }
    return further().stream().filter(font -> has(font, codePoint)).findFirst();
  }

  private static boolean has(PDFont font, int codePoint) {
    try {
      font.encode(Character.toString(codePoint));
      return !Character.isISOControl(codePoint);
    } catch (IllegalArgumentException | IOException missing) {
      return false;
    }
  }

  private List<PDFont> further() {
    var loaded = further;
    if (loaded == null) {
      loaded = files.get().stream().flatMap(file -> load(file).stream()).toList();
      further = loaded;
    }
    return loaded;
  }

  /** A font; none for a file that is damaged or may not be embedded. */
  private Optional<PDFont> load(Path file) {
    try {
      return Optional.of(PDType0Font.load(document, file.toFile()));
    } catch (IOException unusable) {
      return Optional.empty();
    }
  }
}
