package dev.headway.client.http;

/** The server answered with an error. */
public non-sealed class ApiException extends ClientException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Problem problem;

  /**
   * @param status the HTTP status, from 400
   * @param problem the error body
   */
  public ApiException(int status, Problem problem) {
    super(problem.text().isEmpty() ? "The server answered " + status : problem.text(), null);
    this.status = status;
    this.problem = problem;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error body. */
  public Problem problem() {
    return problem;
  }

  /** The server's error code, for example {@code NOT_FOUND}; may be empty. */
  public String code() {
    return problem.code();
  }

  /** Whether the server would refuse the same request again as it stands: 400, 413 or 422. */
  public boolean invalid() {
    return status == 400 || status == 413 || status == 422;
  }

  @Override
  public boolean retryable() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }
}
