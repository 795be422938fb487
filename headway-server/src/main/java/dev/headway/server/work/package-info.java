/**
 * Resources whose work is a job: finding them, who may watch or steer them, cancelling, deleting,
 * their topic and their socket. An application adds its kind, its protocol and its tables.
 */
@NullMarked
package dev.headway.server.work;

import org.jspecify.annotations.NullMarked;
