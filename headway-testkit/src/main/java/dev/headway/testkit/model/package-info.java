/**
 * A model of how a job is stored, published and watched, and the explorer that takes it through
 * every interleaving.
 */
@NullMarked
package dev.headway.testkit.model;

import org.jspecify.annotations.NullMarked;
