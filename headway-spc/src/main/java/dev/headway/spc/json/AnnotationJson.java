package dev.headway.spc.json;

import dev.headway.spc.model.Annotation;
import java.time.Instant;

/**
 * A remark about a sample.
 *
 * @param annotationId its number
 * @param characteristicId whose sample
 * @param sampleId the sample
 * @param text the remark
 * @param author who made it
 * @param at when it was made
 */
public record AnnotationJson(
    long annotationId,
    long characteristicId,
    long sampleId,
    String text,
    String author,
    Instant at) {
  /** An annotation as it is sent. */
  public static AnnotationJson of(Annotation annotation) {
    return new AnnotationJson(
        annotation.id(),
        annotation.characteristicId(),
        annotation.sampleId(),
        annotation.text(),
        annotation.author(),
        annotation.at());
  }
}
