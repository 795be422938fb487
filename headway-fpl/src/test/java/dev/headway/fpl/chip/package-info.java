@NullMarked
package dev.headway.fpl.chip;

import org.jspecify.annotations.NullMarked;
