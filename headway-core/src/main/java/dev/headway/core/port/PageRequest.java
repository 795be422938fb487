package dev.headway.core.port;

/**
 * A request for one page of a list.
 *
 * @param page from 1
 * @param size entries a page, 1 to 1,000
 */
public record PageRequest(int page, int size) {
  /** Rejects pages that do not exist. */
  public PageRequest {
    if (page < 1 || size < 1 || size > 1_000) {
      throw new IllegalArgumentException(
          "The page (%d) must be from 1, its size (%d) from 1 to 1000".formatted(page, size));
    }
  }

  /** The number of entries before the page. */
  public long offset() {
    return (page - 1L) * size;
  }
}
