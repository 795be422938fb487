/** Measurements that need what this package keeps to itself. */
@NullMarked
package dev.headway.fpl.app;

import org.jspecify.annotations.NullMarked;
