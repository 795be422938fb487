package dev.headway.server.account.password;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import dev.headway.core.port.PasswordHasher;

/**
 * Argon2id (RFC 9106) with 19 MiB of memory, two passes and one lane: the first choice of the OWASP
 * Password Storage Cheat Sheet. Thread-safe.
 */
public final class Argon2 implements PasswordHasher {
  /** Made with the first password: the function keeps its 19 MiB from then on. */
  private static final class Made {
    static final Argon2Function FUNCTION =
        Argon2Function.getInstance(19_456, 2, 1, 32, com.password4j.types.Argon2.ID);
  }

  /* Salt and digest were drawn at random. */
  private static final String DECOY =
      "$argon2id$v=19$m=19456,t=2,p=1$7iGx/wqYSvVlD85k5A7aUg$9I1wDmQA6FGdnRi1qTAlL12sTYn2k5nZWKyANzVPMcg";

  @Override
  public String hash(String password) {
    return Made.FUNCTION.hash(password).getResult();
  }

  @Override
  public boolean matches(String password, String hash) {
    try {
      return Argon2Function.getInstanceFromHash(hash).check(password, hash);
    } catch (BadParametersException _) {
      return false; // the mark of an account without a password
    }
  }

  @Override
  public String decoy() {
    return DECOY;
  }
}
