package dev.headway.core.setting;

import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A setting of a {@link SettingTree}. Immutable. */
public final class NamedSetting {
  private final Setting setting;
  private final SettingType<Object> type;

  @SuppressWarnings("unchecked") // the constructor of the record checks the values' types
  NamedSetting(Setting setting, RecordComponent component) {
    this.setting = setting;
    this.type = (SettingType<Object>) SettingTypes.of(setting, component);
    if (preset().isEmpty() && !type.readsEmpty() && component.getType().isPrimitive()) {
      throw new IllegalStateException("The setting %s needs a preset".formatted(name()));
    }
  }

  /** Its dotted name. */
  public String name() {
    return setting.name();
  }

  /** Its name as an environment variable: {@code ws.ping-seconds} is HEADWAY_WS_PING_SECONDS. */
  public String variable() {
    return "HEADWAY_" + name().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The part of its name before the first dot; empty for a name without a dot. */
  public String section() {
    var dot = name().indexOf('.');
    return dot < 0 ? "" : name().substring(0, dot);
  }

  /** The text of its value when nothing is set. */
  public String preset() {
    return setting.preset();
  }

  /** Its meaning. */
  public String text() {
    return setting.text();
  }

  /** The texts it takes, in words. */
  public String values() {
    return type.description();
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when there is none
   */
  public @Nullable Object read(String text) {
    var stripped = text.strip();
    var left = stripped.isEmpty() && preset().isEmpty() && !type.readsEmpty();
    return left ? null : type.read(stripped);
  }

  /** The value of a text as people read it, without secrets. */
  public String show(String text) {
    var value = read(text);
    return value == null ? "" : shown(value);
  }

  String shown(Object value) {
    return type.show(value);
  }

  boolean admits(Object value) {
    return type.admits(value);
  }
}
