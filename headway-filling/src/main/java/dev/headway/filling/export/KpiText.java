package dev.headway.filling.export;

import dev.headway.filling.model.Activity.Kind;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/** The KPIs in words and rounded figures, for reading. */
final class KpiText {
  private KpiText() {}

  static SequencedMap<String, String> of(Kpis kpis) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("Makespan", hours(kpis.makespan()));
    texts.put("Above lower bound", kpis.optimal() ? "0 % (optimal)" : percent(kpis.gap()));
    texts.put("Utilisation", percent(kpis.utilization()));
    texts.put("Lots", Integer.toString(kpis.of(Kind.FILL).count()));
    texts.put("Changeovers", Integer.toString(kpis.of(Kind.CHANGEOVER).count()));
    texts.put("Cleans", Integer.toString(kpis.of(Kind.CLEAN).count()));
    texts.put("Mean lot", String.format(Locale.ROOT, "%.1f h", kpis.averageLotHours()));
    return texts;
  }

  private static String hours(long micros) {
    return String.format(Locale.ROOT, "%,.2f h", Micros.toHours(micros));
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }
}
