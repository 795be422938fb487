/** The control chart constants, exact rather than as printed tables round them. */
@NullMarked
package dev.headway.spc.constants;

import org.jspecify.annotations.NullMarked;
