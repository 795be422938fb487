package dev.headway.spc.model;

/**
 * A characteristic as it was stored.
 *
 * @param id its number, from 1
 * @param definition what it is
 */
public record Characteristic(long id, Definition definition) {}
