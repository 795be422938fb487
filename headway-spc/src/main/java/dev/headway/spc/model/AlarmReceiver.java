package dev.headway.spc.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of alarms.
 *
 * @param id its number, from 1; 0 before it is stored
 * @param name a name for people
 * @param kind by what it is told
 * @param address an http or https address, or an e-mail address
 * @param secret signs webhooks; null for none
 * @param characteristicId of which violations; null for all
 * @param severity of violations so grave at least
 * @param afterMinutes told only when nobody has answered for so long
 * @param repeatMinutes told again when nobody has answered for so long; null for once
 */
public record AlarmReceiver(
    long id,
    String name,
    Kind kind,
    String address,
    @Nullable String secret,
    @Nullable Long characteristicId,
    Severity severity,
    int afterMinutes,
    @Nullable Integer repeatMinutes) {
  /** The ways in which receivers are told. */
  public enum Kind {
    /** A JSON body to an address. */
    WEBHOOK,
    /** A message to an incoming webhook of Slack. */
    SLACK,
    /** An adaptive card to a workflow of Microsoft Teams. */
    TEAMS,
    /** A notification by ntfy. */
    NTFY,
    /** An e-mail. */
    MAIL;

    /** The name on the wire, for example {@code webhook}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is to be told of a violation. */
  public boolean wants(Violation violation) {
    return (characteristicId == null || characteristicId == violation.characteristicId())
        && violation.severity().compareTo(severity) >= 0;
  }
}
