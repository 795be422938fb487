/** Measurements that need what this package keeps to itself. */
@NullMarked
package dev.headway.server.jobs;

import org.jspecify.annotations.NullMarked;
