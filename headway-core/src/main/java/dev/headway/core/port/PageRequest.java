package dev.headway.core.port;

/**
 * Which part of a list is wanted.
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

  /** How many entries come before the page. */
  public long offset() {
    return (page - 1L) * size;
  }
}
