package dev.headway.server.http.dispatch;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Verification;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the tokens {@code user}, {@code worker}, {@code engineer}, {@code admin}, {@code watch}.
 */
record KnownTokens(boolean anonymous) implements CredentialVerifier {
  @Override
  public Verification verify(@Nullable String token, Origin origin) {
    if (token == null) {
      return anonymous && origin.anonymousAllowed()
          ? new Verification.Valid(new Principal.Anonymous(origin.address()))
          : new Verification.Absent();
    }
    var credential = new Principal.Credential(token, Instant.EPOCH, null);
    return switch (token) {
      case "user", "worker", "engineer", "admin" -> {
        var role = new Role(token);
        yield new Verification.Valid(
            new Principal.Known(7, token + "@example.org", role, Set.of(), credential));
      }
      case "watch" -> new Verification.Valid(new Principal.Watcher(7, Set.of("job:1"), credential));
      case "expired" -> new Verification.Refused(Verification.Reason.EXPIRED);
      case "revoked" -> new Verification.Refused(Verification.Reason.REVOKED);
      default -> new Verification.Refused(Verification.Reason.INVALID);
    };
  }
}
