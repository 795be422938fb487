package dev.headway.filling.export;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.fontbox.util.autodetect.FontFileFinder;

/**
 * Fonts of the machine, where its system keeps them, for scripts that the PDF's own font lacks.
 * Only fonts with TrueType outlines can be embedded, and only scripts that are written from left to
 * right, a glyph a letter, are drawn as they should be.
 */
public final class SystemFonts {
  /** Names of files; the best first. */
  private static final List<String> NAMES =
      List.of(
          "DroidSansFallbackFull.ttf",
          "ipag.ttf",
          "NanumGothic.ttf",
          "NotoSansThai-Regular.ttf",
          "NotoSansGeorgian-Regular.ttf",
          "NotoSansArmenian-Regular.ttf",
          "NotoSansEthiopic-Regular.ttf");

  private SystemFonts() {}

  /** The files that are there. Blocks. */
  public static List<Path> files() {
    var found = new FontFileFinder().find().stream().map(uri -> new File(uri).toPath()).toList();
    return NAMES.stream()
        .flatMap(name -> found.stream().filter(file -> file.endsWith(name)).limit(1))
        .toList();
  }
}
