package dev.headway.spc;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.Subgroup;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads the data sets of SOURCES.md. */
public final class TestData {
  private TestData() {}

  /** The rows of a file. */
  public static List<NamedCsvRecord> rows(String file) {
    var stream = Objects.requireNonNull(TestData.class.getResourceAsStream(file), file);
    try (var reader =
        CsvReader.builder()
            .ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.stream().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The rows as subgroups of all their numbers. */
  public static List<Subgroup> subgroups(String file) {
    return rows(file).stream()
        .map(row -> row.getFields().stream().mapToDouble(Double::parseDouble).toArray())
        .map(Subgroup::of)
        .toList();
  }

  /** One column as subgroups of one. */
  public static List<Subgroup> individuals(String file, String column) {
    return rows(file).stream()
        .map(row -> Subgroup.of(Double.parseDouble(row.getField(column))))
        .toList();
  }

  /** The rows as counts with the size inspected. */
  public static List<AttributeCount> counts(String file) {
    return rows(file).stream()
        .map(row -> new AttributeCount(number(row, "count"), number(row, "size")))
        .toList();
  }

  private static double number(NamedCsvRecord row, String column) {
    return row.findField(column).map(Double::parseDouble).orElse(1.0);
  }
}
