package dev.headway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"data/headway.db", "sqlite:data/headway.db", "jdbc:sqlite:data/headway.db"})
  void parse_path_isSqlite(String text) {
    assertThat(DatabaseConfig.parse(text))
        .isEqualTo(new DatabaseConfig.Sqlite(Path.of("data/headway.db")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "postgres"})
  void parse_postgresUrl_isTakenApart(String scheme) {
    assertThat(DatabaseConfig.parse(scheme + "://me:p%40ss%3A+1@db:5433/headway?sslmode=require"))
        .isEqualTo(
            new DatabaseConfig.Postgres(
                "jdbc:postgresql://db:5433/headway?sslmode=require", "me", "p@ss:+1"));
  }

  @Test
  void parse_postgresUrlWithoutLogin_namesNone() {
    assertThat(DatabaseConfig.parse("postgresql://one,two/headway"))
        .isEqualTo(new DatabaseConfig.Postgres("jdbc:postgresql://one,two/headway", null, null));
  }

  @Test
  void parse_jdbcUrl_isTakenAsItIs() {
    var url = "jdbc:postgresql://db/headway?user=me&password=secret";

    assertThat(DatabaseConfig.parse(url)).isEqualTo(new DatabaseConfig.Postgres(url, null, null));
  }

  @Test
  void description_secrets_areLeftOut() {
    var byUrl = DatabaseConfig.parse("postgresql://me:secret@db/headway");
    var byParameter = DatabaseConfig.parse("jdbc:postgresql://db/headway?password=secret");

    assertThat(byUrl).hasToString("PostgreSQL db/headway");
    assertThat(byParameter).hasToString("PostgreSQL db/headway");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "mysql://db/headway",
        "postgresql://",
        "postgresql://db",
        "postgresql://db/",
        "postgresql://me:se cret@db/headway",
        "postgresql:headway",
        "a\0b"
      })
  void parse_anythingElse_isRefusedWithoutTheSecret(String text) {
    assertThatThrownBy(() -> DatabaseConfig.parse(text))
        .isInstanceOf(StartupException.class)
        .message()
        .contains("database")
        .doesNotContain("se cret");
  }
}
