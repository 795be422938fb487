/** Charts of short runs: parts of different kinds on one chart. */
@NullMarked
package dev.headway.spc.shortrun;

import org.jspecify.annotations.NullMarked;
