package dev.headway.core.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SettingTreeTest {
  enum Colour {
    RED,
    GREEN
  }

  record Login(
      @Setting(name = "plant.login.user", text = "Who.") @Nullable URI user,
      @Setting(name = "plant.login.password", secret = true, min = 4, text = "With what.")
          String password) {}

  static final class Lines extends Words {
    Lines() {
      super(Set.of("a", "b"));
    }
  }

  record Plant(
      @Setting(name = "plant.lines", preset = "b, a", type = Lines.class, text = "Which.")
          Set<String> lines,
      @Setting(
              name = "plant.keep-days",
              preset = "2",
              min = 1,
              max = 9,
              unit = ChronoUnit.DAYS,
              text = "For how long.")
          Duration keep,
      @Setting(name = "plant.colour", preset = "green", text = "How it looks.") Colour colour,
      @Setting(name = "plant.open", preset = "true", text = "Whether it is.") boolean open,
      @Setting(name = "plant.file", text = "Where.") @Nullable Path file,
      @Setting(name = "plant.most", text = "At most.", max = 5) @Nullable Integer most,
      @AllOrNone({"plant.login.user", "plant.login.password"}) @Nullable Login login) {
    Plant {
      if (!open && colour == Colour.RED) {
        throw new IllegalArgumentException("A closed plant cannot be red");
      }
    }
  }

  private final List<String> complaints = new ArrayList<>();

  @Test
  void defaults_arePresetsAndNothing() {
    assertThat(SettingTree.defaults(Plant.class))
        .isEqualTo(
            new Plant(Set.of("a", "b"), Duration.ofDays(2), Colour.GREEN, true, null, null, null));
  }

  @Test
  void build_everyType_isRead() {
    var texts =
        Map.of(
            "plant.lines", "a",
            "plant.keep-days", " 9 ",
            "plant.colour", "RED",
            "plant.file", "/tmp/x",
            "plant.most", "5",
            "plant.login.user", "urn:ada",
            "plant.login.password", "secret");
    assertThat(SettingTree.of(Plant.class).build(texts, complaints))
        .contains(
            new Plant(
                Set.of("a"),
                Duration.ofDays(9),
                Colour.RED,
                true,
                Path.of("/tmp/x"),
                5,
                new Login(URI.create("urn:ada"), "secret")));
  }

  @Test
  void build_manyErrors_allAtOnce() {
    var texts =
        Map.of(
            "plant.lines", "a, c",
            "plant.keep-days", "10",
            "plant.colour", "blue",
            "plant.open", "",
            "plant.most", "many",
            "plant.login.password", "secret");
    assertThat(SettingTree.of(Plant.class).build(texts, complaints)).isEmpty();
    assertThat(complaints)
        .containsExactly(
            "\"c\" is not some of a, b, separated by commas",
            "\"10\" is not a whole number from 1 to 9",
            "\"blue\" is not one of red, green",
            "\"\" is not true or false",
            "\"many\" is not a whole number from 0 to 5",
            "plant.login.user must be set, because plant.login.password is");
  }

  @Test
  void build_recordRefusesItsValues_itsReasonIsTheComplaint() {
    var texts = Map.of("plant.open", "false", "plant.colour", "red");
    assertThat(SettingTree.of(Plant.class).build(texts, complaints)).isEmpty();
    assertThat(complaints).containsExactly("A closed plant cannot be red");
  }

  @Test
  void settings_haveNamesVariablesAndValuesInWords() {
    var settings = SettingTree.of(Plant.class).settings();
    assertThat(settings)
        .extracting(NamedSetting::variable)
        .startsWith("HEADWAY_PLANT_LINES", "HEADWAY_PLANT_KEEP_DAYS")
        .hasSize(8);
    assertThat(settings.getLast().values()).isEqualTo("at least 4 characters");
    assertThat(settings.getLast().show("secret")).isEqualTo("***");
    assertThatThrownBy(() -> settings.getLast().read("abc"))
        .hasMessage("The secret must have at least 4 characters");
    assertThat(settings.get(1).show("3")).isEqualTo("3");
    assertThat(settings.get(4).show("")).isEmpty();
  }

  @Test
  void defects_valuesOutOfRange_areNamed() {
    var lines = Set.of("a");
    assertThat(SettingTree.defects(Plant.class, lines, Duration.ofDays(10), Colour.RED))
        .containsExactly(
            Defect.ofField(
                "plant.keep-days",
                "The setting plant.keep-days (10) must be a whole number from 1 to 9"));
  }

  record Unnamed(int value) {}

  record WithoutPreset(@Setting(name = "value", text = "A value.") int value) {}

  @Test
  void of_recordThatIsNoTreeOfSettings_isRefused() {
    assertThatThrownBy(() -> SettingTree.of(Unnamed.class))
        .hasMessageContaining("is neither a setting nor a record of settings");
    assertThatThrownBy(() -> SettingTree.of(WithoutPreset.class))
        .hasMessage("The setting value needs a preset");
  }
}
