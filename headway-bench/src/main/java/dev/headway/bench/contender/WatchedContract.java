package dev.headway.bench.contender;

import dev.headway.bench.load.Script;

/** The contracts in which the progress of a job can be watched. */
public enum WatchedContract {
  /** The native stream in JSON. */
  NATIVE("native stream") {
    @Override
    Script watch(String job) {
      return Script.of("/api/v1/stream")
          .header("Sec-WebSocket-Protocol: headway.v1")
          .then(
              "\"hello\"",
              "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\"}]}".formatted(job))
          .then("\"recovered\":", "");
    }
  },
  /** The jobs channel. */
  JOBS("jobs channel") {
    @Override
    Script watch(String job) {
      return Script.of("/progress/ws/" + job).then("\"job_id\"", "");
    }
  };

  private final String label;

  WatchedContract(String label) {
    this.label = label;
  }

  /** Its name in tables and charts. */
  public String label() {
    return label;
  }

  abstract Script watch(String job);
}
