package dev.headway.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The database to open. */
public sealed interface DatabaseConfig {
  /** How it is called in messages, without secrets. */
  String description();

  /**
   * An SQLite file; it and its directory are made if need be.
   *
   * @param file where it is
   * @param readers how many reads run at the same time, from 1
   */
  record Sqlite(Path file, int readers) implements DatabaseConfig {
    private static final int READERS = 4;

    /** With as many readers as suit a small machine. */
    public Sqlite(Path file) {
      this(file, READERS);
    }

    @Override
    public String description() {
      return "SQLite " + file;
    }
  }

  /**
   * A PostgreSQL server.
   *
   * @param url a JDBC URL
   * @param user null when the URL names one or the server's default holds
   * @param password null when there is none or the URL has it
   * @param connections how many transactions run at the same time, from 1
   */
  record Postgres(String url, @Nullable String user, @Nullable String password, int connections)
      implements DatabaseConfig {
    private static final int CONNECTIONS = 10;

    /** With as many connections as suit a small server. */
    public Postgres(String url, @Nullable String user, @Nullable String password) {
      this(url, user, password, CONNECTIONS);
    }

    @Override
    public String description() {
      var end = url.indexOf('?');
      return "PostgreSQL " + (end < 0 ? url : url.substring(0, end)).replaceFirst("^jdbc:.*//", "");
    }

    @Override
    public String toString() {
      return description();
    }
  }

  /**
   * Reads {@code postgresql://user:password@host:port/database?parameters}, a JDBC URL of either
   * database, {@code sqlite:file}, or the path of an SQLite file.
   *
   * @throws StartupException when it is none of them
   */
  static DatabaseConfig parse(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return new Postgres(text, null, null);
    }
    if (text.startsWith("postgresql:") || text.startsWith("postgres:")) {
      return postgres(text);
    }
    var path = text.replaceFirst("^(jdbc:)?sqlite:", "");
    if (path.isBlank() || path.matches("[a-z+]{2,}:.*")) {
      throw new StartupException(
          "The database must be the path of an SQLite file or postgresql://user:password@host/name");
    }
    try {
      return new Sqlite(Path.of(path));
    } catch (InvalidPathException e) {
      throw new StartupException("The database (%s) is not a path of a file".formatted(path), e);
    }
  }

  private static Postgres postgres(String text) {
    var hint = "The database URL must look like postgresql://user:password@host:5432/name";
    try {
      var uri = new URI(text);
      var authority = uri.getRawAuthority();
      if (authority == null || uri.getRawPath().length() < 2) {
        throw new StartupException(hint);
      }
      var at = authority.lastIndexOf('@');
      var login = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);
      var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return new Postgres(
          "jdbc:postgresql://" + authority.substring(at + 1) + uri.getRawPath() + query,
          login.length > 0 ? decoded(login[0]) : null,
          login.length > 1 ? decoded(login[1]) : null);
    } catch (URISyntaxException e) {
      /* The cause would quote the URL with its password. */
      throw new StartupException(hint + "; special characters must be percent-encoded");
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
