package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.filling.input.FilePreview;
import dev.headway.filling.input.FileText;
import dev.headway.filling.store.LotsText;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests for schedules and comparisons.
 *
 * @param check finds what is wrong with what they ask for
 */
record TaskRequestReader(InputCheck check) {
  private static final int MAX_NAME = 200;
  private static final int MAX_STRATEGIES = 100;
  private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");
  private static final String START = "start_time";

  /**
   * A request as it was read.
   *
   * @param input what it asks for
   * @param deferred whether its validation is left to its job
   * @param lots how many sound lots there are
   * @param errors everything that is wrong
   * @param warnings what may not be meant
   * @param preview the file as it was read; null without one
   */
  record ReadRequest(
      TaskInput input,
      boolean deferred,
      int lots,
      List<Defect> errors,
      List<Defect> warnings,
      @Nullable FilePreview preview) {
    ReadRequest {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }

    /**
     * The input, if it may be kept.
     *
     * @throws HeadwayException INVALID_INPUT with every defect
     */
    TaskInput accepted() {
      if (!errors.isEmpty() && !deferred) {
        throw HeadwayException.badInput(errors);
      }
      return input;
    }
  }

  /**
   * Reads a request.
   *
   * @throws HeadwayException INVALID_INPUT with every defect when it cannot even be kept
   */
  ReadRequest read(TaskKind kind, Request request) {
    var fields = RequestFields.of(request);
    var warnings = new ArrayList<Defect>();
    var lots = lots(fields, warnings);
    var config = config(fields);
    var name = name(fields, kind);
    var strategies = strategies(kind, fields);
    var deferred = kind == TaskKind.SCHEDULE && fields.flag("defer_validation");
    var input = new TaskInput(name, strategies, config, lots);
    var checked = check.check(kind, input);
    var inLots = checked.errors().stream().map(TaskRequestReader::atStart).toList();
    if (!fields.defects().isEmpty()) {
      // Without lots, the check of the lots would only repeat that there are none.
      fields.defects().addAll(lots.text().equals("[]") ? List.of() : inLots);
      throw HeadwayException.badInput(fields.defects());
    }
    warnings.addAll(checked.warnings());
    var count = LotsInput.read(lots).lots().size();
    var preview =
        switch (lots.format()) {
          case CSV -> FilePreview.of(lots.text(), inLots);
          case JSON -> null;
        };
    return new ReadRequest(input, deferred, count, inLots, warnings, preview);
  }

  /** A start time that came beside the settings is named as it came. */
  private static Defect atStart(Defect defect) {
    return ("config." + START).equals(defect.field())
        ? Defect.ofField(START, defect.message())
        : defect;
  }

  private static LotsText lots(RequestFields fields, List<Defect> warnings) {
    var file = fields.file();
    var list = fields.values().get("lots_data");
    if (file != null && list != null) {
      fields.refuse("lots_data", "Send either csv_file or lots_data, not both.");
    }
    if (file != null) {
      var text = FileText.decode(file.bytes());
      warnings.addAll(text.warnings());
      return new LotsText(LotsText.Format.CSV, text.content());
    }
    if (list == null) {
      fields.refuse("lots_data", "There are no lots; send lots_data, or a form with csv_file.");
    } else if (!list.isArray() && !list.isMissingNode()) {
      fields.refuse("lots_data", "lots_data must be a list of lots.");
    }
    var text = list != null && list.isArray() ? JsonCodec.json(list).text() : "[]";
    return new LotsText(LotsText.Format.JSON, text);
  }

  private static Json config(RequestFields fields) {
    var config = JsonNodeFactory.instance.objectNode();
    var given = fields.values().get("config");
    if (given instanceof ObjectNode object) {
      config.setAll(object);
    } else if (given != null && !given.isMissingNode()) {
      fields.refuse("config", "config must be an object of settings.");
    }
    var start = fields.text(START, "");
    if (!start.isEmpty()) {
      config.put(START, start);
    }
    return JsonCodec.json(config);
  }

  private static String name(RequestFields fields, TaskKind kind) {
    var name = fields.text("name", "").strip();
    if (name.length() > MAX_NAME) {
      fields.refuse(
          "name",
          "name has %d characters; at most %d are kept.".formatted(name.length(), MAX_NAME));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      fields.refuse("name", "name contains a control character; remove it.");
    }
    return name.isEmpty() ? unnamed(fields, kind) : name;
  }

  private static String unnamed(RequestFields fields, TaskKind kind) {
    var file = fields.file();
    var fileName = file == null || file.fileName() == null ? "" : file.fileName();
    var stem = EXTENSION.matcher(fileName).replaceFirst("").replaceAll("\\p{Cntrl}", "").strip();
    if (stem.isEmpty()) {
      return "Unnamed " + kind.label();
    }
    return stem.length() > MAX_NAME ? stem.substring(0, MAX_NAME) : stem;
  }

  private static List<String> strategies(TaskKind kind, RequestFields fields) {
    return switch (kind) {
      case SCHEDULE -> List.of(spelled(fields.text("strategy", Strategy.DEFAULT.label())));
      case COMPARISON -> compared(fields);
    };
  }

  private static List<String> compared(RequestFields fields) {
    var list = fields.values().get("strategies");
    if (list == null || !list.isArray()) {
      fields.refuse("strategies", "strategies must be a list of 2 to 8 names.");
      return List.of(Strategy.DEFAULT.label(), Strategy.GIVEN.label());
    }
    var texts = list.values().stream().filter(JsonNode::isString).map(JsonNode::asString);
    var names = texts.map(TaskRequestReader::spelled).limit(MAX_STRATEGIES).toList();
    if (names.size() < list.size()) {
      fields.refuse("strategies", "strategies must be a list of 2 to 8 names.");
    }
    return names;
  }

  /** A known name as it is listed; an unknown one so that a list of names can hold it. */
  private static String spelled(String name) {
    return Strategy.named(name).map(Strategy::label).orElseGet(() -> name.replace(',', ';'));
  }
}
