/** Files of samples with their verdicts. */
@NullMarked
package dev.headway.spc.export;

import org.jspecify.annotations.NullMarked;
