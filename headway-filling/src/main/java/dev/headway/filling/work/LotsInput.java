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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads lots from their stored text. */
public final class LotsInput {
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
    for (var item : list.values()) {
      var row = rows.size() + strays.size() + 1;
      if (item.isObject()) {
        rows.add(LotRow.of(row, members(item)));
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
    return new ReadLots(read.lots(), strays, read.warnings());
  }

  private static Map<String, @Nullable Object> members(JsonNode item) {
    var members = new HashMap<String, @Nullable Object>();
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
