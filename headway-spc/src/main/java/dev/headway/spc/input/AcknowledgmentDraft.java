package dev.headway.spc.input;

import dev.headway.core.error.HeadwayException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An acknowledgment as it is sent.
 *
 * @param violationIds the violations, where several are acknowledged at once
 * @param reason why they occurred, or what was done; required
 * @param user the name of somebody without an account
 */
public record AcknowledgmentDraft(
    @Nullable List<Long> violationIds, @Nullable String reason, @Nullable String user) {
  /** The violations, each once, in the order sent. */
  public Set<Long> ids() {
    return violationIds == null ? new LinkedHashSet<>() : new LinkedHashSet<>(violationIds);
  }

  /** The name of somebody without an account; may be blank. */
  public String claimedUser() {
    return user == null ? "" : user;
  }

  /**
   * The reason.
   *
   * @throws HeadwayException VALIDATION_ERROR when it is missing or blank
   */
  public String givenReason() {
    if (reason == null || reason.isBlank()) {
      throw HeadwayException.invalid("reason", "a reason is required");
    }
    return reason.strip();
  }
}
