/** Tests of the files of jobs. */
@NullMarked
package dev.headway.server.files;

import org.jspecify.annotations.NullMarked;
