package dev.headway.fpl.data;

/** A source of snapshots. Implementations are safe for use by any thread. */
public interface SnapshotSource {
  /** The kind of source. */
  DataSource kind();

  /**
   * The season as a team sees it, checked.
   *
   * @param listener hears of each document
   * @throws dev.headway.core.error.HeadwayException when the team is not known or the documents
   *     cannot be had or trusted; the message says why
   * @throws InterruptedException when the thread is interrupted while waiting
   */
  SeasonSnapshot snapshot(int teamId, FetchListener listener) throws InterruptedException;

  /** Follows the fetching of documents. */
  @FunctionalInterface
  interface FetchListener {
    /**
     * One more document is there.
     *
     * @param done so many
     * @param total of so many
     */
    void fetched(int done, int total, String document);
  }
}
