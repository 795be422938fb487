package dev.headway.core.setting;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Words separated by commas, in any order; none at all is an empty set. */
public class Words implements SettingType<Set<String>> {
  private final String description;
  private final Predicate<String> valid;

  /**
   * @param description of all of them
   * @param valid whether a word may be among them
   */
  protected Words(String description, Predicate<String> valid) {
    this.description = description;
    this.valid = valid;
  }

  /** Some of the words of a closed set. */
  protected Words(Set<String> known) {
    this(
        "some of " + String.join(", ", known.stream().sorted().toList()) + ", separated by commas",
        known::contains);
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Set<String> read(String text) {
    var words = split(text);
    words.stream()
        .filter(valid.negate())
        .findFirst()
        .ifPresent(word -> {
          throw refused(word);
        });
    return new LinkedHashSet<>(words);
  }

  @Override
  public final String show(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }

  @Override
  public final boolean readsEmpty() {
    return true;
  }

  /** The words of a text. */
  public static List<String> split(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
