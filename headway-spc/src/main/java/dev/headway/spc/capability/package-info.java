/** Process capability and performance indices. */
@NullMarked
package dev.headway.spc.capability;

import org.jspecify.annotations.NullMarked;
