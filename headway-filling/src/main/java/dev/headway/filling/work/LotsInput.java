package dev.headway.filling.work;

import dev.headway.core.error.Defect;
import dev.headway.core.job.Json;
import dev.headway.filling.input.LotRow;
import dev.headway.filling.input.LotsReader;
import dev.headway.filling.input.ReadLots;
import dev.headway.filling.store.LotsText;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads lots from their stored text. */
public final class LotsInput {
  private static final int SHOWN_NAME = 40;

  private LotsInput() {}

  /**
   * The lots of a text.
   *
   * @param zone of times without an offset
   */
  public static ReadLots read(LotsText lots, ZoneId zone) {
    return switch (lots.format()) {
      case CSV -> LotsReader.csv(lots.text().getBytes(StandardCharsets.UTF_8), zone);
      case JSON -> list(JsonCodec.tree(new Json(lots.text())), zone);
    };
  }

  private static ReadLots list(JsonNode list, ZoneId zone) {
    var rows = new ArrayList<LotRow>();
    var strays = new ArrayList<Defect>();
    var leftOut = new LinkedHashMap<String, Integer>(); // with the first row of each
    for (var item : list.values()) {
      var row = rows.size() + strays.size() + 1;
      if (item.isObject()) {
        var members = members(item);
        LotRow.leftOut(members).forEach(name -> leftOut.putIfAbsent(name, row));
        rows.add(LotRow.of(row, members));
      } else {
        strays.add(
            new Defect(
                null, row, null, "Lot %d must be an object, not %s.".formatted(row, kind(item))));
      }
    }
    var read = LotsReader.rows(rows, zone);
    if (!rows.isEmpty() || strays.isEmpty()) {
      strays.addAll(read.errors());
    }
    var warnings = new ArrayList<>(read.warnings());
    leftOut.forEach((name, row) -> warnings.add(leftOut(name, row)));
    return new ReadLots(read.lots(), strays, warnings);
  }

  private static Defect leftOut(String name, int row) {
    var shown = name.length() <= SHOWN_NAME ? name : name.substring(0, SHOWN_NAME) + "…";
    return Defect.ofCell(row, shown, "The member '%s' of lots is left out.".formatted(shown));
  }

  private static Map<String, @Nullable Object> members(JsonNode item) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    item.properties().forEach(entry -> members.put(entry.getKey(), scalar(entry.getValue())));
    return members;
  }

  private static @Nullable Object scalar(JsonNode value) {
    if (value.isNumber()) {
      return value.numberValue();
    }
    if (value.isString()) {
      return value.asString();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isArray() && value.values().stream().allMatch(JsonNode::isString)) {
      return new LotRow.Texts(value.values().stream().map(JsonNode::asString).toList());
    }
    return value.isNull() ? null : new Stray(kind(value));
  }

  /** A value that can be no cell; only what it is goes into messages. */
  private record Stray(String what) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      case STRING, BINARY -> "a text";
      case NULL, MISSING -> "nothing";
    };
  }
}
