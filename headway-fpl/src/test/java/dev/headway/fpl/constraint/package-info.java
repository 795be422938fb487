@NullMarked
package dev.headway.fpl.constraint;

import org.jspecify.annotations.NullMarked;
