package dev.headway.filling.app;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A form as browsers send it (RFC 7578). */
final class MultipartForm {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final String boundary;

  MultipartForm(String boundary) {
    this.boundary = boundary;
  }

  MultipartForm field(String name, String value) {
    part("name=\"%s\"".formatted(name), "", value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  MultipartForm file(String name, String fileName, byte[] content) {
    part(
        "name=\"%s\"; filename=\"%s\"".formatted(name, fileName),
        "Content-Type: text/csv\r\n",
        content);
    return this;
  }

  private void part(String disposition, String headers, byte[] content) {
    out.writeBytes(
        "--%s\r\nContent-Disposition: form-data; %s\r\n%s\r\n"
            .formatted(boundary, disposition, headers)
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  byte[] bytes() {
    var end = "--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
    var all = new ByteArrayOutputStream();
    all.writeBytes(out.toByteArray());
    all.writeBytes(end);
    return all.toByteArray();
  }
}
