package dev.headway.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * A migration on the class path: a file {@code V<version>__<description>.sql}.
 *
 * @param version from 1, the order in which migrations are applied
 * @param script the file's name
 * @param sql its text, with the placeholders of {@link Dialect}
 */
record Migration(int version, String script, String sql) {
  private static final String NAME = "V[0-9]+__\\w+\\.sql";

  /** A schema's migrations in their order; empty when its location does not exist. */
  static List<Migration> of(Schema schema) {
    try {
      var folder = loader().getResource(schema.location());
      if (folder == null) {
        return List.of();
      }
      return names(folder, schema.location() + "/").stream()
          .filter(name -> name.matches(NAME))
          .map(name -> read(schema, name))
          .sorted(Comparator.comparingInt(Migration::version))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  private static List<String> names(URL folder, String prefix) throws IOException {
    if (folder.openConnection() instanceof JarURLConnection inJar) {
      return inJar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()))
          .toList();
    }
    try (var files = Files.list(Path.of(URI.create(folder.toString())))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static Migration read(Schema schema, String script) {
    var path = schema.location() + "/" + script;
    try (var in = Objects.requireNonNull(loader().getResourceAsStream(path), path)) {
      var version = Integer.parseInt(script.substring(1, script.indexOf('_')));
      return new Migration(version, script, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Its description in words, from the file's name. */
  String description() {
    var begin = script.indexOf("__") + 2;
    return script.substring(begin, script.length() - ".sql".length()).replace('_', ' ');
  }

  /** The CRC-32 of its lines without their ends, which is also Flyway's checksum. */
  int checksum() {
    var sum = new CRC32();
    sql.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
    return (int) sum.getValue();
  }
}
