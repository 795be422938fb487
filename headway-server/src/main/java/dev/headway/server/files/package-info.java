/** Files of jobs: what workers made, kept in a directory or a bucket. */
@NullMarked
package dev.headway.server.files;

import org.jspecify.annotations.NullMarked;
