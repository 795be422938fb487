package dev.headway.filling.export;

import dev.headway.filling.export.TypeColors.Look;
import dev.headway.filling.export.TypeColors.Texture;
import java.awt.Color;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Landscape A4 pages to draw on, with y growing downwards from the top edge. Lengths are points.
 *
 * <p>Used by one thread; must be closed before the document is saved.
 */
final class PdfCanvas implements Closeable {
  static final float WIDTH = PDRectangle.A4.getHeight();
  static final float HEIGHT = PDRectangle.A4.getWidth();
  static final float MARGIN = 36;
  static final float BOTTOM = HEIGHT - MARGIN - 14;

  static final Color INK = new Color(0x1F2933);
  static final Color FAINT = new Color(0x7B8794);
  static final Color RULE = new Color(0xCBD2D9);

  /** How far the lines of a texture are apart. */
  private static final float APART = 5;

  private final PDDocument document;
  private final PdfFonts fonts;
  private PDPageContentStream content;

  PdfCanvas(PDDocument document, Supplier<List<Path>> fonts) throws IOException {
    this.document = document;
    this.fonts = new PdfFonts(document, fonts);
    content = open(document);
  }

  private static PDPageContentStream open(PDDocument document) throws IOException {
    var page = new PDPage(new PDRectangle(WIDTH, HEIGHT));
    document.addPage(page);
    return new PDPageContentStream(document, page);
  }

  void newPage() throws IOException {
    content.close();
    content = open(document);
  }

  void rectangle(Box box, Color color) throws IOException {
    content.setNonStrokingColor(color);
    content.addRect(box.x(), HEIGHT - box.y() - box.height(), box.width(), box.height());
    content.fill();
  }

  /** A rectangle in the look of a type. */
  void look(Box box, Look look) throws IOException {
    rectangle(box, look.color());
    if (look.texture() == Texture.PLAIN) {
      return;
    }
    content.saveGraphicsState();
    content.addRect(box.x(), HEIGHT - box.bottom(), box.width(), box.height());
    content.clip();
    content.setStrokingColor(lighter(look.color()));
    content.setLineWidth(0.8f);
    texture(box, look.texture());
    content.restoreGraphicsState();
  }

  private static Color lighter(Color color) {
    return new Color(
        (2 * color.getRed() + 255) / 3,
        (2 * color.getGreen() + 255) / 3,
        (2 * color.getBlue() + 255) / 3);
  }

  private void texture(Box box, Texture texture) throws IOException {
    var low = HEIGHT - box.bottom();
    var high = HEIGHT - box.y();
    switch (texture) {
      case PLAIN -> {}
      case LEVEL -> {
        for (var y = low + APART / 2; y < high; y += APART) {
          stroke(box.x(), y, box.right(), y);
        }
      }
      case UPRIGHT -> strokes(box, 0, 0);
      case RISING -> strokes(box, -box.height(), 0);
      case FALLING -> strokes(box, 0, -box.height());
    }
  }

  /** Lines across a box from its lower to its upper edge, each end moved to the side by so much. */
  private void strokes(Box box, float lower, float upper) throws IOException {
    for (var x = box.x() + APART / 2; x < box.right() + box.height(); x += APART) {
      stroke(x + lower, HEIGHT - box.bottom(), x + upper, HEIGHT - box.y());
    }
  }

  private void stroke(float fromX, float fromY, float toX, float toY) throws IOException {
    content.moveTo(fromX, fromY);
    content.lineTo(toX, toY);
    content.stroke();
  }

  void line(Box diagonal, Color color) throws IOException {
    content.setStrokingColor(color);
    content.setLineWidth(0.5f);
    content.moveTo(diagonal.x(), HEIGHT - diagonal.y());
    content.lineTo(diagonal.right(), HEIGHT - diagonal.bottom());
    content.stroke();
  }

  /** Writes a text on one line; {@code y} is its base line. */
  void text(String text, float x, float y, Ink ink) throws IOException {
    content.beginText();
    content.setNonStrokingColor(ink.color());
    content.newLineAtOffset(x, HEIGHT - y);
    for (var piece : fonts.pieces(text)) {
      content.setFont(piece.font(), ink.size());
      content.showText(piece.text());
    }
    content.endText();
  }

  /** Writes a text in the middle of a box, unless it is too wide for it. */
  void label(String text, Box box, Ink ink) throws IOException {
    var width = width(text, ink);
    if (width + 2 <= box.width()) {
      var y = box.y() + box.height() / 2 + ink.size() * 0.35f;
      text(text, box.x() + (box.width() - width) / 2, y, ink);
    }
  }

  float width(String text, Ink ink) throws IOException {
    var width = 0f;
    for (var piece : fonts.pieces(text)) {
      width += piece.font().getStringWidth(piece.text());
    }
    return width / 1000 * ink.size();
  }

  /** The text, cut with an ellipsis where it is too wide. */
  String cut(String text, float width, Ink ink) throws IOException {
    if (width(text, ink) <= width) {
      return text;
    }
    var end = text.length();
    while (end > 0 && width(text.substring(0, end) + "…", ink) > width) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end) + "…";
  }

  /** The text in lines that are no wider, broken at blanks; a word that is too wide is cut. */
  List<String> wrapped(String text, float width, Ink ink) throws IOException {
    var lines = new ArrayList<String>();
    var line = "";
    for (var word : text.split(" ", -1)) {
      var longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && width(longer, ink) > width) {
        lines.add(cut(line, width, ink));
        longer = word;
      }
      line = longer;
    }
    lines.add(cut(line, width, ink));
    return lines;
  }

  /**
   * Writes the title and the page number at the foot of every page, when all are drawn, and what
   * question marks mean where letters are missing.
   */
  void footers(String title) throws IOException {
    content.close();
    var ink = new Ink(7, FAINT);
    var pages = document.getNumberOfPages();
    for (var i = 0; i < pages; i++) {
      content =
          new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true);
      var number = "Page %d of %d".formatted(i + 1, pages);
      text(cut(title, 500, ink), MARGIN, HEIGHT - MARGIN + 8, ink);
      if (fonts.lacking()) {
        text(PdfFonts.ABOUT_LACKING, MARGIN, HEIGHT - MARGIN - 2, ink);
      }
      text(number, WIDTH - MARGIN - width(number, ink), HEIGHT - MARGIN + 8, ink);
      content.close();
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  /** A rectangle by its upper left corner. */
  record Box(float x, float y, float width, float height) {
    float right() {
      return x + width;
    }

    float bottom() {
      return y + height;
    }
  }

  /** How a text looks. */
  record Ink(float size, Color color) {}
}
