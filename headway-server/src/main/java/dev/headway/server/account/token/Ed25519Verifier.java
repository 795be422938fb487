package dev.headway.server.account.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Verifies EdDSA signatures on the curve Ed25519 (RFC 8037, section 3.1) with the JDK's own
 * implementation; the library's needs a dependency that does nothing else here. Thread-safe.
 */
final class Ed25519Verifier extends EdDSAProvider implements JWSVerifier {
  private static final int KEY_BYTES = 32;

  /** What precedes the 32 bytes of a key in its X.509 form (RFC 8410, sections 3 and 4). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final EdECPublicKey key;

  Ed25519Verifier(EdECPublicKey key) {
    this.key = key;
  }

  /**
   * The JDK's form of a key.
   *
   * @throws JOSEException when it is not a point of the curve
   */
  static EdECPublicKey publicKey(OctetKeyPair jwk) throws JOSEException {
    var point = jwk.getDecodedX();
    if (!Curve.Ed25519.equals(jwk.getCurve()) || point.length != KEY_BYTES) {
      throw new JOSEException("The key is not on the curve Ed25519");
    }
    var encoded = new byte[X509_PREFIX.length + KEY_BYTES];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    System.arraycopy(point, 0, encoded, X509_PREFIX.length, KEY_BYTES);
    try {
      return (EdECPublicKey)
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException noPoint) {
      throw new JOSEException("The key is no point of the curve Ed25519", noPoint);
    }
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
      return false;
    }
    var critical = header.getCriticalParams();
    if (critical != null && !critical.isEmpty()) {
      return false; // not understood here, so it must be refused (RFC 7515, section 4.1.11)
    }
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature.decode());
    } catch (SignatureException _) {
      return false; // not even the form of a signature
    } catch (GeneralSecurityException unavailable) {
      throw new JOSEException("This JDK cannot verify Ed25519", unavailable);
    }
  }
}
