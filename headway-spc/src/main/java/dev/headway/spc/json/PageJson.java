package dev.headway.spc.json;

import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.util.List;
import java.util.function.Function;

/** One page of a list; each kind of list has its own name for its entries. */
public sealed interface PageJson {
  /** Characteristics. */
  record Characteristics(List<CharacteristicJson> characteristics, long total, int page, int limit)
      implements PageJson {}

  /** Samples. */
  record Samples(List<SampleJson> samples, long total, int page, int limit) implements PageJson {}

  /** Violations. */
  record Violations(List<ViolationJson> violations, long total, int page, int limit)
      implements PageJson {}

  /** Entries of the audit trail. */
  record AuditEntries(List<AuditEntryJson> entries, long total, int page, int limit)
      implements PageJson {}

  /** Makes a page of a list. */
  interface Maker<T> {
    /** A page of entries. */
    PageJson make(List<T> entries, long total, int page, int limit);
  }

  /** The page that was found for a request. */
  static <S, T> PageJson of(
      Page<S> found, PageRequest request, Function<S, T> entry, Maker<T> maker) {
    var entries = found.items().stream().map(entry).toList();
    return maker.make(entries, found.total(), request.page(), request.size());
  }
}
