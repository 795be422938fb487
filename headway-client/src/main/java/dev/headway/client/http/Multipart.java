package dev.headway.client.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A {@code multipart/form-data} body (RFC 7578). Not thread-safe. */
public final class Multipart {
  private static final String LINE_END = "\r\n";

  private final String boundary;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /**
   * @param boundary occurs in none of the parts; 1 to 70 letters and digits (RFC 2046, 5.1.1)
   */
  public Multipart(String boundary) {
    this.boundary = boundary;
  }

  /** Adds a text field. */
  public Multipart field(String name, String value) {
    head("form-data; name=\"%s\"".formatted(quoted(name)), "text/plain; charset=utf-8");
    return end(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a file. */
  public Multipart file(String name, String fileName, byte[] content) {
    head(
        "form-data; name=\"%s\"; filename=\"%s\"".formatted(quoted(name), quoted(fileName)),
        "application/octet-stream");
    return end(content);
  }

  /** The header's value. */
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** The finished body. */
  public byte[] bytes() {
    var closed = new ByteArrayOutputStream();
    closed.writeBytes(body.toByteArray());
    closed.writeBytes(ascii("--" + boundary + "--" + LINE_END));
    return closed.toByteArray();
  }

  private void head(String disposition, String type) {
    body.writeBytes(
        ascii(
            "--%s%sContent-Disposition: %s%sContent-Type: %s%s%s"
                .formatted(boundary, LINE_END, disposition, LINE_END, type, LINE_END, LINE_END)));
  }

  private Multipart end(byte[] content) {
    body.writeBytes(content);
    body.writeBytes(ascii(LINE_END));
    return this;
  }

  private static String quoted(String text) {
    return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
