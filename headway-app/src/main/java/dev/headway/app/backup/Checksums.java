package dev.headway.app.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of each file of a backup, as {@code sha256sum -c} reads them.
 *
 * @param of the digest in hexadecimal digits, by the file's path within the backup
 */
record Checksums(Map<String, String> of) {
  /** The file that holds them. */
  static final String FILE = "SHA256SUMS";

  /** The checksums of files. */
  static Checksums of(Path folder, List<Path> files) throws IOException {
    var sums = new TreeMap<String, String>();
    for (var file : files) {
      sums.put(file.toString(), digest(folder.resolve(file)));
    }
    return new Checksums(sums);
  }

  /**
   * The checksums that a backup holds.
   *
   * @throws IOException when the folder is not a backup
   */
  static Checksums read(Path folder) throws IOException {
    var file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s is not a backup: it has no file %s. Name the folder that headway backup wrote"
              .formatted(folder, FILE));
    }
    var sums = new TreeMap<String, String>();
    for (var line : Files.readAllLines(file)) {
      var parts = line.split(" {2}", 2);
      if (parts.length != 2 || !inside(folder, parts[1])) {
        throw new IOException("%s holds a line that is none of ours: %s".formatted(file, line));
      }
      sums.put(parts[1], parts[0]);
    }
    return new Checksums(sums);
  }

  private static boolean inside(Path folder, String name) {
    return !Path.of(name).isAbsolute()
        && folder.resolve(name).normalize().startsWith(folder.normalize());
  }

  void write(Path folder) throws IOException {
    var lines = of.entrySet().stream().map(sum -> sum.getValue() + "  " + sum.getKey()).toList();
    Files.write(folder.resolve(FILE), lines);
  }

  /** The defects of a backup, a line each: files that are missing or were changed. */
  List<String> defects(Path folder) {
    var defects = new ArrayList<String>();
    of.forEach((name, digest) -> {
      var file = folder.resolve(name);
      if (Files.notExists(file)) {
        defects.add(name + " is missing");
      } else if (!digest.equals(readable(file))) {
        defects.add(name + " was changed after the backup");
      }
    });
    return defects;
  }

  private static String readable(Path file) {
    try {
      return digest(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String digest(Path file) throws IOException {
    try (var in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing); // every Java has it
    }
  }
}
