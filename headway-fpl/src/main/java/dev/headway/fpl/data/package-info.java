/** The public API's documents: their sources, and the check of their consistency. */
@NullMarked
package dev.headway.fpl.data;

import org.jspecify.annotations.NullMarked;
