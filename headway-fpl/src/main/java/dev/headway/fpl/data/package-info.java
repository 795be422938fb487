/** The public API's documents, where they come from and whether they can be trusted. */
@NullMarked
package dev.headway.fpl.data;

import org.jspecify.annotations.NullMarked;
