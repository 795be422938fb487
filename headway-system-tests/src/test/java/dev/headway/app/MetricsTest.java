package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.app.config.Configuration;
import dev.headway.app.config.Configuration.Origins;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The metrics of an installation, and the files that name them. */
final class MetricsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"|(\\w+)!=\"");
  private static final Pattern GROUPING = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("\\b(?:headway|jvm|process)_\\w+");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| ([^|]*)\\| (.+) \\|$");

  /** A metric's type and labels. */
  private record Shape(String type, Set<String> labels) {}

  private static String scraped = "";

  @BeforeAll
  static void scrape(@TempDir Path data) throws Exception {
    var flags = Map.of("port", "0", "host", "127.0.0.1", "data", data.toString());
    // Nobody listens there: the metrics of a broker exist once one is set.
    var environment =
        Map.of("HEADWAY_SPC_MQTT_BROKER", "mqtt://127.0.0.1:9", "HEADWAY_LOG_LEVEL", "error");
    var settings = Configuration.load(new Origins(flags, environment, null)).settings();
    try (var installation = Installation.start(settings);
        var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(installation.url() + "/metrics")).build();
      http.send(request, BodyHandlers.ofString()); // a request, so that the next shows one
      scraped = http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static Map<String, Shape> metrics() {
    var found = new TreeMap<String, Shape>();
    FAMILY
        .matcher(scraped)
        .results()
        .forEach(family ->
            found.put(family.group(1), new Shape(family.group(2), labels(family.group(1)))));
    return found;
  }

  private static Set<String> labels(String metric) {
    return SAMPLE
        .matcher(scraped)
        .results()
        .filter(sample -> sample.group(1).matches(metric + "(_bucket|_sum|_count)?"))
        .flatMap(sample -> LABEL.matcher(String.valueOf(sample.group(2))).results())
        .map(label -> label.group(1))
        .filter(label -> !label.equals("le") && !label.equals("quantile"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Shape> listed() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/metrics.md"));
    var rows = new TreeMap<String, Shape>();
    ROW.matcher(page)
        .results()
        .forEach(row -> {
          var labels = new TreeSet<>(List.of(row.group(3).replace("`", "").strip().split(", ")));
          labels.remove("");
          rows.put(row.group(1), new Shape(row.group(2), labels));
        });
    return rows;
  }

  @Test
  void page_listsEveryMetricWithItsTypeAndLabels() throws IOException {
    assertThat(listed()).containsExactlyInAnyOrderEntriesOf(metrics());
  }

  @Test
  void names_areAsPrometheusWantsThem() {
    assertThat(metrics())
        .allSatisfy((name, shape) -> {
          assertThat(name.endsWith("_total")).as(name).isEqualTo(shape.type().equals("counter"));
          assertThat(name).doesNotContain("millis", "_ms");
        });
  }

  @Test
  void dashboard_asksForMetricsThatAreThere() throws IOException {
    var file = ROOT.resolve("deploy/grafana/dashboards/headway.json");
    var dashboard = new YAMLMapper().readTree(Files.readString(file));
    var panels = dashboard.path("panels");

    assertThat(panels.size()).isGreaterThan(20);
    for (var panel : panels) {
      for (var target : panel.path("targets")) {
        assertAnswered(target.path("expr").asString());
      }
    }
  }

  @Test
  void alerts_askForMetricsThatAreThere() throws IOException {
    var file = ROOT.resolve("deploy/prometheus/alerts.yaml");
    var rules =
        new YAMLMapper().readTree(Files.readString(file)).path("groups").path(0).path("rules");

    assertThat(rules.size()).isGreaterThan(5);
    for (var rule : rules) {
      if (!rule.path("expr").asString().startsWith("up{")) { // Prometheus' own
        assertAnswered(rule.path("expr").asString());
      }
    }
  }

  private static void assertAnswered(String query) {
    var samples =
        SAMPLE
            .matcher(scraped)
            .results()
            .map(sample -> sample.group(1))
            .collect(Collectors.toSet());
    var names = NAME.matcher(query).results().map(MatchResult::group).toList();
    assertThat(names).as(query).isNotEmpty().isSubsetOf(samples);
    var known = new HashSet<>(Set.of("instance", "job", "le"));
    names.forEach(name -> known.addAll(labels(name.replaceFirst("_(bucket|sum|count)$", ""))));
    assertThat(askedLabels(query)).as(query).isSubsetOf(known);
  }

  private static Set<String> askedLabels(String query) {
    var asked = new HashSet<String>();
    LABEL
        .matcher(query)
        .results()
        .forEach(label -> asked.add(label.group(1) == null ? label.group(2) : label.group(1)));
    GROUPING
        .matcher(query)
        .results()
        .forEach(group -> asked.addAll(Arrays.asList(group.group(1).split(", "))));
    return asked;
  }
}
