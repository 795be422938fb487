/** The model of a watched job, as it is meant and with defects. */
@NullMarked
package dev.headway.testkit.model;

import org.jspecify.annotations.NullMarked;
