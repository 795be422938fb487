package dev.headway.fpl.data;

import java.util.Locale;

/** The source of an analysis' documents. */
public enum DataSource {
  /** The snapshot that ships with the product. */
  SAMPLE,
  /** A snapshot that a user uploaded. */
  UPLOADED,
  /** The public API. */
  LIVE;

  /** The name in settings and results. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
