package dev.headway.spc.model;

import java.time.Instant;

/**
 * A remark about a sample.
 *
 * @param id its number, from 1; 0 before it is stored
 * @param characteristicId whose sample
 * @param sampleId the sample
 * @param text the remark
 * @param author the user's e-mail address, or the name that an anonymous visitor gave
 * @param at when it was made
 */
public record Annotation(
    long id, long characteristicId, long sampleId, String text, String author, Instant at) {}
