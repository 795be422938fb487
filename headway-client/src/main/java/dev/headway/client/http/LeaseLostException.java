package dev.headway.client.http;

/**
 * The worker's lease is not the present one: the job was given to another worker, or it has ended.
 * Nothing more can be reported about it.
 */
public final class LeaseLostException extends ApiException {
  private static final long serialVersionUID = 1;

  /** The server's refusal. */
  public LeaseLostException(int status, Problem problem) {
    super(status, problem);
  }
}
