package dev.headway.server.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Names of versions, for conditional requests (RFC 9110, sections 8.8.3 and 13.1.2). */
public final class Etag {
  private static final int BYTES = 12;

  private Etag() {}

  /** The strong tag of a content. */
  public static String of(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return of(
          Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256", missing);
    }
  }

  /** The tag of a version that already has a name, for example a cursor. */
  public static String of(String version) {
    return '"' + version + '"';
  }

  /** Whether the client already has the version. */
  public static boolean matches(Request request, String tag) {
    return request
        .header("if-none-match")
        .filter(known -> Arrays.stream(known.split(",")).anyMatch(one -> same(one.strip(), tag)))
        .isPresent();
  }

  /** The answer with its tag, or 304 when the client already has it. */
  public static Response conditional(Request request, String tag, Response answer) {
    return matches(request, tag)
        ? new Response.Whole(304, answer.headers(), "", new byte[0]).with("ETag", tag)
        : answer.with("ETag", tag);
  }

  private static boolean same(String known, String tag) {
    return known.equals("*") || known.equals(tag) || known.equals("W/" + tag);
  }
}
