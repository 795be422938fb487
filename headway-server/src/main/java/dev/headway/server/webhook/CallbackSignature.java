package dev.headway.server.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs announcements, so that a receiver knows who sent them and when: {@code
 * t=<seconds>,v1=<hex>} with the HMAC-SHA256 (RFC 2104) of {@code <seconds>.<body>}. Receivers
 * compare in constant time and refuse what is older than a few minutes. Thread-safe.
 */
public final class CallbackSignature {
  /** The header that carries it. */
  public static final String HEADER = "Headway-Signature";

  private final SecretKeySpec key;

  /** Signatures under a secret of at least 16 characters that the receivers know. */
  public CallbackSignature(String secret) {
    if (secret.length() < 16) {
      throw new IllegalArgumentException(
          "The webhooks.secret has %d characters; it must have at least 16"
              .formatted(secret.length()));
    }
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /** The header's value for a body that is sent at a moment. */
  public String of(Instant at, byte[] body) {
    var seconds = at.getEpochSecond();
    return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(mac(seconds + ".", body)));
  }

  /**
   * The value of {@code webhook-signature} as Standard Webhooks 1.0 has it: the HMAC-SHA256 of
   * {@code <id>.<seconds>.<body>} in Base64. Its libraries know the key as {@code whsec_} and the
   * secret in Base64.
   */
  public String standard(String id, Instant at, byte[] body) {
    var mac = mac("%s.%d.".formatted(id, at.getEpochSecond()), body);
    return "v1," + Base64.getEncoder().encodeToString(mac);
  }

  private byte[] mac(String before, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(before.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(body);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", impossible);
    }
  }

  @Override
  public String toString() {
    return "CallbackSignature";
  }
}
