package dev.headway.server.account;

import dev.headway.core.account.Principal;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.token.Callers;
import dev.headway.server.account.token.TokenCheck;
import dev.headway.server.account.token.Tokens;
import dev.headway.server.http.Request;
import dev.headway.server.socket.Verification;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Signatures on requests (21 CFR 11.200): beside the session, a person shows the password again, or
 * a token of the identity provider whose {@code auth_time} (OpenID Connect Core 1.0, section 2) is
 * at most five minutes ago, and says what the signature means. Both come as headers, in UTF-8 with
 * {@code %} escapes. Failures count like those of signing in. Thread-safe; may block.
 */
public final class Signatures {
  static final String MEANING = "Signature-Meaning";
  static final String PASSWORD = "Signature-Password";
  static final String TOKEN = "Signature-Token";
  static final Duration FRESH = Duration.ofMinutes(5);

  private static final int LONGEST_MEANING = 200;

  private final Users users;
  private final Tokens tokens;
  private final Authenticator authenticator;
  private final SignInLimits limits;
  private final InstantSource clock;

  Signatures(
      Users users,
      Tokens tokens,
      Authenticator authenticator,
      SignInLimits limits,
      InstantSource clock) {
    this.users = users;
    this.tokens = tokens;
    this.authenticator = authenticator;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The signature on a request; empty when it has none.
   *
   * @throws HeadwayException as {@link #required}
   */
  public Optional<Signature> of(Request request) {
    var signed =
        List.of(MEANING, PASSWORD, TOKEN).stream()
            .anyMatch(name -> !header(request, name).isEmpty());
    return signed ? Optional.of(required(request)) : Optional.empty();
  }

  /**
   * The signature on a request that must have one.
   *
   * @throws HeadwayException AUTHENTICATION_ERROR for nobody, AUTHORIZATION_ERROR for an API key;
   *     VALIDATION_ERROR with everything that is missing; INVALID_INPUT when the password or the
   *     token is not right, RATE_LIMITED after too many failures
   */
  public Signature required(Request request) {
    var person = signer(request.principal());
    var meaning = decoded(request, MEANING).strip();
    var password = decoded(request, PASSWORD);
    var token = header(request, TOKEN);
    var missing = missing(meaning, password, token);
    if (!missing.isEmpty()) {
      throw HeadwayException.invalid(missing);
    }
    return token.isEmpty()
        ? byPassword(person, meaning, password, request.caller().address())
        : byProvider(person, meaning, token);
  }

  private static List<Defect> missing(String meaning, String password, String token) {
    var missing = new ArrayList<Defect>();
    if (meaning.isEmpty() || meaning.length() > LONGEST_MEANING) {
      missing.add(
          Defect.ofField(
              MEANING,
              "this is to be signed: say in 1 to %d characters what the signature means, such as approved"
                  .formatted(LONGEST_MEANING)));
    }
    if (password.isEmpty() == token.isEmpty()) {
      missing.add(
          Defect.ofField(
              PASSWORD,
              "this is to be signed: send your password again, or in its place a new token of the identity provider as "
                  + TOKEN));
    }
    return missing;
  }

  private static Principal.Known signer(Principal who) {
    if (who instanceof Principal.Anonymous) {
      throw new HeadwayException(
          ErrorCode.AUTHENTICATION_ERROR, "This is to be signed by a person; sign in first");
    }
    return Callers.person(who);
  }

  private Signature byPassword(
      Principal.Known person, String meaning, String password, String address) {
    var email = person.email();
    var found = limits.attempt(email, address, () -> users.withPassword(email, password));
    if (found.filter(user -> user.id() == person.id()).isEmpty()) {
      throw refused(PASSWORD, "The password is not right");
    }
    return new Signature(meaning, Signature.Proof.PASSWORD);
  }

  private Signature byProvider(Principal.Known person, String meaning, String token) {
    if (!isFresh(token)) {
      throw refused(
          TOKEN,
          "The token does not say that the identity provider has asked for a sign-in within the last"
              + " five minutes (auth_time); ask it for one with max_age=0");
    }
    var holder = authenticator.verify(token);
    if (!(holder instanceof Verification.Valid(Principal.Known known))
        || known.id() != person.id()) {
      throw refused(TOKEN, "The token is not of the person who has signed in");
    }
    return new Signature(meaning, Signature.Proof.PROVIDER);
  }

  private boolean isFresh(String token) {
    var now = clock.instant();
    return tokens.check(token) instanceof TokenCheck.OfProvider person
        && person.signedInAt() != null
        && !person.signedInAt().isBefore(now.minus(FRESH))
        && !person.signedInAt().isAfter(now.plus(Tokens.SKEW));
  }

  private static HeadwayException refused(String header, String message) {
    return HeadwayException.badInput(List.of(Defect.ofField(header, message)));
  }

  private static String header(Request request, String name) {
    return request.header(name.toLowerCase(Locale.ROOT)).orElse("");
  }

  /* Not a form: a plus sign is one. */
  private static String decoded(Request request, String name) {
    try {
      var text = header(request, name).replace("+", "%2B");
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new HeadwayException(
          ErrorCode.VALIDATION_ERROR,
          name + " has a % that two hexadecimal digits do not follow; write %25",
          List.of(
              Defect.ofField(name, "a % is followed by two hexadecimal digits; itself is %25")));
    }
  }
}
