package dev.headway.filling.strategy;

/** The first lot of the given order, or none until it fits. */
record GivenOrder() implements DispatchingRule {
  @Override
  public int next(OpenBlock block, LotPool waiting) {
    var lot = waiting.first();
    return lot != NONE && block.fits(lot) ? lot : NONE;
  }
}
