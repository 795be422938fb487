/** Measurements that need what this package keeps to itself. */
@NullMarked
package dev.headway.filling.app;

import org.jspecify.annotations.NullMarked;
