package dev.headway.app.config;

import dev.headway.fpl.app.SourceSetting;
import dev.headway.server.ServerConfig.Listen;
import dev.headway.spc.mqtt.MqttSettings;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.StartupException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The kinds of value that there are. */
final class Kinds {
  private static final List<InetAddress> LOOPBACK = Listen.loopback(0).addresses();

  private Kinds() {}

  /** A whole number within bounds, both included. */
  static Kind<Integer> number(int least, int most) {
    var description = "a whole number from %d to %d".formatted(least, most);
    return Kind.of(
        description,
        text -> {
          try {
            var value = Integer.parseInt(text);
            if (value >= least && value <= most) {
              return value;
            }
          } catch (NumberFormatException _) {
            // told below
          }
          throw Kind.refused(text, description);
        });
  }

  /** {@code true} or {@code false}. */
  static Kind<Boolean> flag() {
    return Kind.of(
        "true or false",
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw Kind.refused(text, "true or false");
            });
  }

  /** Any text. */
  static Kind<String> text() {
    return Kind.of("a text", text -> text);
  }

  /** Any text, which is never shown. */
  static Kind<String> secret() {
    return new Kind<>("a text, never shown", text -> text, text -> text.isEmpty() ? "" : "***");
  }

  /** A text that is never shown, of at least so many characters; or nothing. */
  static Kind<String> secret(int least) {
    var description = "at least %d characters".formatted(least);
    return new Kind<>(
        description,
        text -> {
          if (text.isEmpty() || text.length() >= least) {
            return text;
          }
          throw new IllegalArgumentException("The secret must have " + description);
        },
        text -> text.isEmpty() ? "" : "***");
  }

  /** A name of at most 100 letters, digits, dots and hyphens; or nothing. */
  static Kind<String> name() {
    var description = "a name of letters, digits, '.', '_' and '-'";
    return Kind.of(
        description,
        text -> {
          if (text.matches("[A-Za-z0-9._-]{0,100}")) {
            return text;
          }
          throw Kind.refused(text, description);
        });
  }

  /** One of the constants of an enum, in lower case. */
  static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
    var names =
        Arrays.stream(type.getEnumConstants()).map(Kinds::lower).collect(Collectors.joining(", "));
    return new Kind<>(
        "one of " + names,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> lower(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Kind.refused(text, "one of " + names)),
        Kinds::lower);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A path; {@code ~/} is the home directory. */
  static Kind<Path> path() {
    return Kind.of("a path", Kinds::readPath);
  }

  private static Path readPath(String text) {
    var home = System.getProperty("user.home");
    try {
      return Path.of(text.startsWith("~/") ? home + text.substring(1) : text).toAbsolutePath();
    } catch (InvalidPathException _) {
      throw Kind.refused(text, "a path");
    }
  }

  /** A value, or nothing. */
  static <T> Kind<Optional<T>> optional(Kind<T> kind) {
    return new Kind<>(
        kind.description(),
        text -> text.isEmpty() ? Optional.empty() : Optional.of(kind.reader().apply(text)),
        value -> value.map(kind.shower()).orElse(""));
  }

  /** Addresses of this machine; {@code localhost} is both loopback addresses. */
  static Kind<List<InetAddress>> addresses() {
    return new Kind<>(
        "localhost, or addresses and names separated by commas",
        text -> words(text).stream().flatMap(word -> resolve(word).stream()).distinct().toList(),
        found ->
            found.equals(LOOPBACK)
                ? "localhost"
                : found.stream()
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", ")));
  }

  private static List<InetAddress> resolve(String host) {
    if (host.equals("localhost")) {
      return LOOPBACK;
    }
    try {
      return List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      throw Kind.refused(host, "a known host name or address");
    }
  }

  /** Origins of web pages, such as {@code https://plant.example}. */
  static Kind<Set<String>> origins() {
    return set("origins such as https://plant.example, separated by commas", Kinds::origin);
  }

  private static String origin(String text) {
    var uri = URI.create(text);
    var scheme = uri.getScheme();
    var complete = uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme));
    var bare = String.valueOf(uri.getRawPath()).isEmpty() && uri.getRawQuery() == null;
    if (complete && bare) {
      return text;
    }
    throw new IllegalArgumentException("not an origin");
  }

  /** Words out of a closed list. */
  static Kind<Set<String>> some(Set<String> known) {
    var names = known.stream().sorted().collect(Collectors.joining(", "));
    return set(
        "some of " + names + ", separated by commas",
        word -> {
          if (known.contains(word)) {
            return word;
          }
          throw new IllegalArgumentException("unknown");
        });
  }

  private static Kind<Set<String>> set(String description, UnaryOperator<String> check) {
    return new Kind<>(
        description,
        text ->
            words(text).stream()
                .map(word -> {
                  try {
                    return check.apply(word);
                  } catch (IllegalArgumentException _) {
                    throw Kind.refused(word, description);
                  }
                })
                .collect(Collectors.toCollection(LinkedHashSet::new)),
        values -> values.stream().sorted().collect(Collectors.joining(", ")));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** The address of something on the web. */
  static Kind<URI> address() {
    return Kind.of(
        "a URL",
        text -> {
          try {
            return new URI(text);
          } catch (URISyntaxException _) {
            throw Kind.refused(text, "a URL");
          }
        });
  }

  /** The address of an MQTT broker. */
  static Kind<URI> broker() {
    var description = "mqtt://host:1883 or mqtts://host:8883";
    return checked(description, text -> MqttSettings.requireBroker(URI.create(text)));
  }

  /** The topic that samples are published under. */
  static Kind<String> topic() {
    return checked("a topic with one level +", MqttSettings::requireTopic);
  }

  private static <T> Kind<T> checked(String description, Function<String, T> reader) {
    return Kind.of(
        description,
        text -> {
          try {
            return reader.apply(text);
          } catch (IllegalArgumentException _) {
            throw Kind.refused(text, description);
          }
        });
  }

  /** Where seasons come from. */
  static Kind<SourceSetting> season() {
    return new Kind<>(SourceSetting.VALUES, SourceSetting::parse, SourceSetting::text);
  }

  /** A database. Neither its value nor a refusal shows the password. */
  static Kind<DatabaseConfig> database() {
    return new Kind<>(
        "postgresql://user:password@host:5432/name or the path of an SQLite file",
        text -> {
          try {
            return DatabaseConfig.parse(text);
          } catch (StartupException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
          }
        },
        DatabaseConfig::description);
  }
}
