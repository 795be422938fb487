/**
 * The vocabulary of statistical process control: characteristics, samples, zones, rules and
 * violations.
 */
@NullMarked
package dev.headway.spc.model;

import org.jspecify.annotations.NullMarked;
