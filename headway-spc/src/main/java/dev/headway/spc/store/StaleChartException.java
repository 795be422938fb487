package dev.headway.spc.store;

/** The refusal of a change that was made from a state which another node has changed meanwhile. */
public final class StaleChartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The refusal of a change of a characteristic. */
  StaleChartException(long characteristicId) {
    super("Characteristic %d was changed by another node".formatted(characteristicId));
  }
}
