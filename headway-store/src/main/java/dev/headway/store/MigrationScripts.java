package dev.headway.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.sql.DataSource;

/**
 * The migrations that this program brings for a schema, beside those that a database's history
 * lists. That both are the same is what Flyway finds out at most starts, and it takes a fourth of
 * them (docs/benchmarks.md); so it is asked only when they are not.
 */
final class MigrationScripts {
  private final Schema schema;

  MigrationScripts(Schema schema) {
    this.schema = schema;
  }

  /** Whether exactly these have been applied, unchanged since. */
  boolean areAppliedTo(DataSource source) {
    try {
      var own = checksums();
      return !own.isEmpty() && own.equals(applied(source));
    } catch (IOException | SQLException _) {
      return false; // no history yet, or something that Flyway has words for
    }
  }

  private Map<String, Integer> applied(DataSource source) throws SQLException {
    var query =
        "SELECT script, checksum, success FROM schema_history_%s WHERE type <> 'BASELINE'"
            .formatted(schema.name());
    var applied = new HashMap<String, Integer>();
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        if (!rows.getBoolean(3)) {
          return Map.of();
        }
        applied.put(rows.getString(1), rows.getInt(2));
      }
    }
    return applied;
  }

  private Map<String, Integer> checksums() throws IOException {
    var checksums = new HashMap<String, Integer>();
    for (var script : names()) {
      var resource = loader().getResource(schema.location() + "/" + script);
      if (resource != null) {
        checksums.put(script, checksum(resource));
      }
    }
    return checksums;
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  private List<String> names() throws IOException {
    var folder = loader().getResource(schema.location());
    if (folder == null) {
      return List.of();
    }
    return folder.openConnection() instanceof JarURLConnection inJar
        ? inJar(inJar)
        : inFolder(Path.of(URI.create(folder.toString())));
  }

  private List<String> inJar(JarURLConnection jar) throws IOException {
    var prefix = schema.location() + "/";
    return jar.getJarFile().stream()
        .map(entry -> entry.getName())
        .filter(name -> name.startsWith(prefix) && name.endsWith(".sql"))
        .map(name -> name.substring(prefix.length()))
        .toList();
  }

  private static List<String> inFolder(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sql"))
          .toList();
    }
  }

  /* As Flyway computes it: over the lines without their ends. */
  private static int checksum(URL script) throws IOException {
    var sum = new CRC32();
    try (var lines =
        new BufferedReader(new InputStreamReader(script.openStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return (int) sum.getValue();
  }
}
