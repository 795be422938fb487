package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;

/** A list that is read page by page while something is added to it. */
final class Pages {
  private Pages() {}

  /**
   * Reads a list to its end by {@code after}, and requires that it has each entry once that was
   * there before.
   *
   * @param path of the first page, with its size
   * @param meanwhile adds an entry after the first page
   */
  static void read(SpcServer spc, String path, Callable<?> meanwhile) throws Exception {
    var size = path.replaceAll(".*limit=(\\d+).*", "limit=$1");
    var before = entries(spc.get(path.replace(size, "limit=100")).expect(200).body());
    var page = spc.get(path).expect(200).body();
    var read = new ArrayList<>(entries(page));
    assertThat(read).as(path).hasSizeLessThan(before.size());
    meanwhile.call();
    while (!page.get("next").isNull()) {
      page = spc.get(path + "&after=" + page.get("next").asString()).expect(200).body();
      read.addAll(entries(page));
    }
    assertThat(read).as(path).doesNotHaveDuplicates().containsSubsequence(before);
  }

  /** The numbers of a page's entries: its only list. */
  private static List<Long> entries(JsonNode page) {
    return page.valueStream()
        .filter(JsonNode::isArray)
        .flatMap(JsonNode::valueStream)
        .map(entry -> (entry.has("sample_id") ? entry.get("sample_id") : entry.get("id")).asLong())
        .toList();
  }
}
