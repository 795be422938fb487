/** Local search: plans that get better until time is up or the lower bound is met. */
@NullMarked
package dev.headway.filling.search;

import org.jspecify.annotations.NullMarked;
