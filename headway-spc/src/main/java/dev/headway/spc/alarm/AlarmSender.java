package dev.headway.spc.alarm;

import dev.headway.core.error.Defect;
import dev.headway.server.mail.Mailer;
import dev.headway.server.webhook.CallbackPolicy;
import dev.headway.server.webhook.CallbackSignature;
import dev.headway.spc.model.AlarmReceiver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends messages to receivers. Safe for use by any thread; blocks until the receiver answers. */
final class AlarmSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final @Nullable Mailer mailer;
  private final CallbackPolicy policy;
  private final InstantSource clock;
  private @Nullable HttpClient http; // guarded by this

  AlarmSender(AlarmSettings settings, @Nullable Mailer mailer, InstantSource clock) {
    this.mailer = mailer;
    this.policy = new CallbackPolicy(settings.allowPrivate());
    this.clock = clock;
  }

  /* Made for the first message: its TLS would cost a twentieth of every start. */
  private synchronized HttpClient http() {
    var made = http;
    if (made == null) {
      made =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      http = made;
    }
    return made;
  }

  /** The defect of a receiver's address; empty when it can be tried. */
  Optional<Defect> defect(AlarmReceiver receiver) {
    if (receiver.kind() == AlarmReceiver.Kind.MAIL) {
      if (mailer == null) {
        return Optional.of(Defect.ofField("kind", "e-mails need the setting mail.host"));
      }
      return Mailer.isAddress(receiver.address())
          ? Optional.empty()
          : Optional.of(Defect.ofField("address", receiver.address() + " is no e-mail address"));
    }
    return policy
        .defect(receiver.address())
        .map(defect ->
            Defect.ofField("address", defect.message().replace("callback_url", "address")));
  }

  /**
   * Sends a message.
   *
   * @return the reason why the receiver did not take it; empty when it did
   */
  Optional<String> send(AlarmReceiver receiver, AlarmMessage message) throws InterruptedException {
    var defect = defect(receiver);
    if (defect.isPresent()) {
      return defect.map(Defect::message);
    }
    try {
      return receiver.kind() == AlarmReceiver.Kind.MAIL
          ? mailed(receiver, message)
          : posted(receiver, message);
    } catch (IOException | IllegalArgumentException failed) {
      return Optional.of(String.valueOf(failed.getMessage()));
    }
  }

  private Optional<String> posted(AlarmReceiver receiver, AlarmMessage message)
      throws IOException, InterruptedException {
    var uri = URI.create(receiver.address());
    if (!policy.allowsHost(uri.getHost())) {
      return Optional.of(
          uri.getHost() + " has a private address; see the setting spc.alarms.allow-private");
    }
    var body = message.body(receiver.kind());
    var request =
        HttpRequest.newBuilder(uri).timeout(TIMEOUT).POST(BodyPublishers.ofByteArray(body));
    if (receiver.kind() == AlarmReceiver.Kind.NTFY) {
      request.header("Content-Type", "text/plain; charset=utf-8");
      request.header("Title", message.title());
      request.header("Priority", message.critical() ? "urgent" : "high");
    } else {
      request.header("Content-Type", "application/json");
    }
    var secret = receiver.secret();
    if (secret != null) {
      var signature = new CallbackSignature(secret).of(clock.instant(), body);
      request.header(CallbackSignature.HEADER, signature);
    }
    var status = http().send(request.build(), BodyHandlers.discarding()).statusCode();
    return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
  }

  private Optional<String> mailed(AlarmReceiver receiver, AlarmMessage message) throws IOException {
    if (mailer == null) {
      return Optional.of("the setting mail.host is empty");
    }
    mailer.send(receiver.address(), message.title(), message.text());
    return Optional.empty();
  }
}
