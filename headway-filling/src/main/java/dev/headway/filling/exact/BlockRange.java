package dev.headway.filling.exact;

/**
 * The least and the most blocks that lines may have together.
 *
 * @param least from 0
 * @param most not below {@code least}
 */
record BlockRange(long least, long most) {
  /** The part up to a number of blocks. */
  BlockRange upTo(long blocks) {
    return new BlockRange(least, Math.min(most, blocks));
  }

  /** The part from a number of blocks on. */
  BlockRange from(long blocks) {
    return new BlockRange(Math.max(least, blocks), most);
  }
}
