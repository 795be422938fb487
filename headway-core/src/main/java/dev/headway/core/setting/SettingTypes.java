package dev.headway.core.setting;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The types of settings that follow from a component's Java type, and general ones. */
public final class SettingTypes {
  private SettingTypes() {}

  /** The type of an annotated component. */
  static SettingType<?> of(Setting setting, RecordComponent component) {
    return setting.type() == Inferred.class ? inferred(setting, component) : made(setting.type());
  }

  private static SettingType<?> made(Class<? extends SettingType<?>> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(type + " has no constructor without parameters", wrong);
    }
  }

  private static SettingType<?> inferred(Setting setting, RecordComponent component) {
    var type = component.getType();
    if (type == int.class || type == Integer.class) {
      return new WholeNumber(setting.min(), setting.max());
    }
    if (type == Duration.class) {
      return new Span(new WholeNumber(setting.min(), setting.max()), setting.unit());
    }
    if (type == String.class) {
      return setting.secret() ? new Secret(setting.min()) : new Text();
    }
    if (type == boolean.class) {
      return new Flag();
    }
    if (type == Path.class) {
      return new PathName();
    }
    if (type == URI.class) {
      return new Address();
    }
    if (type.isEnum()) {
      return new Choice(type);
    }
    throw new IllegalStateException(component + " needs the type of its setting to be named");
  }

  /** Stands for the type that follows from the component's own. */
  static final class Inferred extends Words {
    private Inferred() {
      super("", _ -> false);
    }
  }

  /** Whole numbers from one to another, both included. */
  record WholeNumber(long least, long most) implements SettingType<Integer> {
    @Override
    public String description() {
      return "a whole number from %d to %d".formatted(least, most);
    }

    @Override
    public Integer read(String text) {
      try {
        var value = Integer.parseInt(text);
        if (admits(value)) {
          return value;
        }
      } catch (NumberFormatException _) {
        // refused below
      }
      throw refused(text);
    }

    @Override
    public boolean admits(Integer value) {
      return value >= least && value <= most;
    }
  }

  /** Durations, written as whole numbers of a unit. */
  record Span(WholeNumber number, ChronoUnit unit) implements SettingType<Duration> {
    @Override
    public String description() {
      return number.description();
    }

    @Override
    public Duration read(String text) {
      return unit.getDuration().multipliedBy(number.read(text));
    }

    @Override
    public boolean admits(Duration value) {
      var unitDuration = unit.getDuration();
      return value.compareTo(unitDuration.multipliedBy(number.least())) >= 0
          && value.compareTo(unitDuration.multipliedBy(number.most())) <= 0;
    }

    @Override
    public String show(Duration value) {
      return String.valueOf(value.dividedBy(unit.getDuration()));
    }
  }

  /** {@code true} and {@code false}. */
  record Flag() implements SettingType<Boolean> {
    @Override
    public String description() {
      return "true or false";
    }

    @Override
    public Boolean read(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw refused(text);
      };
    }
  }

  /** Any text. */
  record Text() implements SettingType<String> {
    @Override
    public String description() {
      return "a text";
    }

    @Override
    public String read(String text) {
      return text;
    }

    @Override
    public boolean readsEmpty() {
      return true;
    }
  }

  /** Texts of a least length, or none, that are never shown. */
  record Secret(long least) implements SettingType<String> {
    @Override
    public String description() {
      return least > 0 ? "at least %d characters".formatted(least) : "a text, never shown";
    }

    @Override
    public String read(String text) {
      if (text.isEmpty() || text.length() >= least) {
        return text;
      }
      throw refused(text);
    }

    @Override
    public String show(String value) {
      return value.isEmpty() ? "" : "***";
    }

    @Override
    public boolean readsEmpty() {
      return true;
    }

    @Override
    public IllegalArgumentException refused(String text) {
      return new IllegalArgumentException("The secret must have " + description());
    }
  }

  /** The constants of an enum, in lower case. */
  record Choice(Class<?> type) implements SettingType<Object> {
    @Override
    public String description() {
      return Arrays.stream(type.getEnumConstants())
          .map(this::show)
          .collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public Object read(String text) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> show(constant).equals(text.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() -> refused(text));
    }

    @Override
    public String show(Object constant) {
      return constant.toString().toLowerCase(Locale.ROOT);
    }
  }

  /** Paths; {@code ~/} is the home directory. */
  record PathName() implements SettingType<Path> {
    @Override
    public String description() {
      return "a path";
    }

    @Override
    public Path read(String text) {
      var home = System.getProperty("user.home");
      try {
        return Path.of(text.startsWith("~/") ? home + text.substring(1) : text).toAbsolutePath();
      } catch (InvalidPathException _) {
        throw refused(text);
      }
    }
  }

  /** Addresses on the web. */
  record Address() implements SettingType<URI> {
    @Override
    public String description() {
      return "a URL";
    }

    @Override
    public URI read(String text) {
      try {
        return new URI(text);
      } catch (URISyntaxException _) {
        throw refused(text);
      }
    }
  }

  /** Names of at most 100 letters, digits, dots, underscores and hyphens; or none. */
  public static final class Name implements SettingType<String> {
    @Override
    public String description() {
      return "a name of letters, digits, '.', '_' and '-'";
    }

    @Override
    public String read(String text) {
      if (text.matches("[A-Za-z0-9._-]{0,100}")) {
        return text;
      }
      throw refused(text);
    }

    @Override
    public boolean readsEmpty() {
      return true;
    }
  }
}
