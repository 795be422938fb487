/** Measurements that need what this package keeps to itself. */
@NullMarked
package dev.headway.spc.app;

import org.jspecify.annotations.NullMarked;
