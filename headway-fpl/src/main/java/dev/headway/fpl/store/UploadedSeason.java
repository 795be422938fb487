package dev.headway.fpl.store;

/**
 * A season as a user uploaded it.
 *
 * @param checksum the document's SHA-256 when it came, in hexadecimal
 * @param document JSON
 */
public record UploadedSeason(String checksum, String document) {}
