package dev.headway.core.setting;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a record and the records in it, in the order of the components. Every component
 * is a {@link Setting} or a record of settings. Immutable.
 */
public final class SettingTree<R extends Record> {
  /** A component. */
  private sealed interface Part {
    Stream<NamedSetting> settings();
  }

  /** A component with a value. */
  private record Leaf(NamedSetting setting) implements Part {
    @Override
    public Stream<NamedSetting> settings() {
      return Stream.of(setting);
    }
  }

  /** A component that is a record: present always, or if certain settings are set. */
  private record Branch(SettingTree<?> tree, List<String> together) implements Part {
    @Override
    public Stream<NamedSetting> settings() {
      return tree.settings().stream();
    }
  }

  private final Class<R> type;
  private final List<Part> parts;

  private SettingTree(Class<R> type) {
    this.type = type;
    this.parts = Arrays.stream(type.getRecordComponents()).map(SettingTree::part).toList();
  }

  private static Part part(RecordComponent component) {
    var setting = component.getAnnotation(Setting.class);
    if (setting != null) {
      return new Leaf(new NamedSetting(setting, component));
    }
    if (!component.getType().isRecord()) {
      throw new IllegalStateException(component + " is neither a setting nor a record of settings");
    }
    var together = component.getAnnotation(AllOrNone.class);
    return new Branch(
        of(component.getType().asSubclass(Record.class)),
        together == null ? List.of() : List.of(together.value()));
  }

  /** The settings of a record. */
  public static <R extends Record> SettingTree<R> of(Class<R> type) {
    return new SettingTree<>(type);
  }

  /** A record with everything at its preset. */
  public static <R extends Record> R defaults(Class<R> type) {
    var complaints = new ArrayList<String>();
    return of(type)
        .build(Map.of(), complaints)
        .orElseThrow(
            () -> new IllegalStateException("The presets of %s: %s".formatted(type, complaints)));
  }

  /**
   * Defects of values that a program gives to a record: each one that is out of its range.
   *
   * @param values of the first components, in order
   */
  public static List<Defect> defects(Class<? extends Record> type, @Nullable Object... values) {
    var parts = of(type).parts;
    var defects = new ArrayList<Defect>();
    for (var at = 0; at < values.length; at++) {
      var value = values[at];
      if (value != null && parts.get(at) instanceof Leaf(var setting) && !setting.admits(value)) {
        var message =
            "The setting %s (%s) must be %s"
                .formatted(setting.name(), setting.shown(value), setting.values());
        defects.add(Defect.ofField(setting.name(), message));
      }
    }
    return defects;
  }

  /** All settings. */
  public List<NamedSetting> settings() {
    return parts.stream().flatMap(Part::settings).toList();
  }

  /**
   * The record that texts stand for.
   *
   * @param texts by the names of settings; the others are at their presets
   * @param complaints takes whatever is wrong, a line each
   * @return empty when something is wrong
   */
  public Optional<R> build(Map<String, String> texts, List<String> complaints) {
    var before = complaints.size();
    var values = new @Nullable Object[parts.size()];
    for (var at = 0; at < values.length; at++) {
      values[at] = value(parts.get(at), texts, complaints);
    }
    return complaints.size() > before ? Optional.empty() : made(values, complaints);
  }

  private static @Nullable Object value(
      Part part, Map<String, String> texts, List<String> complaints) {
    try {
      return switch (part) {
        case Leaf(var setting) ->
            setting.read(texts.getOrDefault(setting.name(), setting.preset()));
        case Branch(var tree, var together) when present(together, texts, complaints) ->
            tree.build(texts, complaints).orElse(null);
        case Branch _ -> null;
      };
    } catch (IllegalArgumentException refused) {
      complaints.add(String.valueOf(refused.getMessage()));
      return null;
    }
  }

  private static boolean present(
      List<String> together, Map<String, String> texts, List<String> complaints) {
    var given = together.stream().filter(name -> !texts.getOrDefault(name, "").isBlank()).toList();
    if (!given.isEmpty()) {
      together.stream()
          .filter(name -> !given.contains(name))
          .map(name -> "%s must be set, because %s is".formatted(name, given.getFirst()))
          .forEach(complaints::add);
    }
    return given.size() == together.size();
  }

  private Optional<R> made(@Nullable Object[] values, List<String> complaints) {
    try {
      var types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException refused) {
      complaints.addAll(reasons(refused.getCause()));
      return Optional.empty();
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private static List<String> reasons(@Nullable Throwable refusal) {
    return switch (refusal) {
      case HeadwayException of -> of.defects().stream().map(Defect::message).toList();
      case IllegalArgumentException of -> List.of(String.valueOf(of.getMessage()));
      case null, default ->
          throw new IllegalStateException(
              Objects.requireNonNullElse(refusal, "no reason").toString());
    };
  }
}
